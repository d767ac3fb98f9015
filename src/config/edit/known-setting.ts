import { z } from "zod";
import { nearest } from "../edits.ts";
import { providerSchema } from "../schema/provider.ts";
import { routeSchema } from "../schema/route.ts";
import { quote } from "../show.ts";

/** What settings belong to. */
export type Owner = "provider" | "route";

const schemas: Readonly<Record<Owner, z.ZodType>> = {
  provider: providerSchema,
  route: routeSchema,
};

/** The schema of the setting at a path in its entry; `null`: there is no such setting. */
export function settingSchema(owner: Owner, path: readonly string[]): z.ZodType | null {
  return path.reduce<z.ZodType | null>(
    (at, key) => (at === null ? null : within(bare(at), key)),
    schemas[owner],
  );
}

/** Says that there is no such setting, and which one may have been meant. */
export function unknownSetting(owner: Owner, path: readonly string[]): string {
  const all = pathsIn(schemas[owner], []);
  const given = path.join(".");
  const last = path.at(-1) ?? "";
  const meant =
    nearest(given, all) ?? all.find((one) => nearest(last, [one.split(".").at(-1) ?? ""]));
  const top = all.filter((one) => !one.includes("."));
  const hint = meant === undefined ? `known: ${top.join(", ")}` : `did you mean ${quote(meant)}?`;
  return `${quote(given)} is not a setting of a ${owner === "route" ? "task" : owner}: ${hint}`;
}

function within(schema: z.ZodType, key: string): z.ZodType | null {
  if (schema instanceof z.ZodUnknown) return schema;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (!(schema instanceof z.ZodObject)) return null;
  if (key.startsWith("_")) return z.unknown();
  return Object.hasOwn(schema.shape, key) ? (schema.shape[key] as z.ZodType) : null;
}

// Without what only says that it may be left out.
function bare(schema: z.ZodType): z.ZodType {
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable;
  return isWrapped ? bare(schema.unwrap() as z.ZodType) : schema;
}

function pathsIn(schema: z.ZodType, path: readonly string[]): readonly string[] {
  const inner = bare(schema);
  const own = path.length === 0 ? [] : [path.join(".")];
  if (!(inner instanceof z.ZodObject)) return own;
  return [
    ...own,
    ...Object.entries(inner.shape).flatMap(([key, value]) =>
      pathsIn(value as z.ZodType, [...path, key]),
    ),
  ];
}

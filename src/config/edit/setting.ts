import type { z } from "zod";
import { readReference, saysNoKey } from "../reference.ts";
import { quote } from "../show.ts";
import type { Refused } from "./edit.ts";
import { refuse } from "./edit.ts";
import type { Owner } from "./known-setting.ts";
import { settingSchema, unknownSetting } from "./known-setting.ts";

/** A setting by its path in its entry; `undefined` takes it out. */
export type Setting = { readonly path: readonly string[]; readonly value: unknown };

/** Reads `key=value`, and the keys to take out; the first that means nothing is refused. */
export function readSettings(
  owner: Owner,
  set: readonly string[],
  unset: readonly string[] = [],
): { readonly settings: readonly Setting[] } | Refused {
  const settings: Setting[] = [];
  if (set.length + unset.length === 0) return refuse("no setting is given: write key=value");
  const given = [...set.map(split), ...unset.map((key) => ({ key, text: null }))];
  for (const { key, text } of given) {
    if (key === "") {
      return refuse(`${quote(text ?? "")} is no setting: write key=value, such as timeout=30`);
    }
    const path = key.split(".");
    const schema = settingSchema(owner, path);
    if (schema === null) return refuse(unknownSetting(owner, path));
    const clash = settings.find((other) => isWithin(path, other.path));
    if (clash !== undefined) {
      return refuse(
        `${clash.path.join(".")} and ${key} say the same thing twice: give one of them`,
      );
    }
    settings.push({ path, value: text === null ? undefined : readValue(schema, text) });
  }
  return { settings };
}

/** The value that settings are together, each at its path. */
export function gather(settings: readonly Setting[]): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const { path, value } of settings) {
    const [last = "", ...before] = path.toReversed();
    const holder = before.toReversed().reduce<Record<string, unknown>>((at, key) => {
      if (!Object.hasOwn(at, key)) at[key] = {};
      return at[key] as Record<string, unknown>;
    }, root);
    holder[last] = value;
  }
  return root;
}

/** Whether a setting of a provider would put a secret itself into the file. */
export function isInlineSecret({ path, value }: Setting): boolean {
  const [first, name = ""] = path;
  if (first === "headers" && path.length === 1 && typeof value === "object" && value !== null) {
    return Object.entries(value).some(([key, one]) =>
      isInlineSecret({ path: ["headers", key], value: one }),
    );
  }
  const isSecret = first === "api_key" || (first === "headers" && secretHeader.test(name));
  if (!isSecret || typeof value !== "string" || saysNoKey(value)) return false;
  return readReference(value).from === "inline";
}

const secretHeader = /auth|key|token|secret|cookie|credential/iu;

function split(given: string): { readonly key: string; readonly text: string } {
  const sign = given.indexOf("=");
  return sign < 1
    ? { key: "", text: given }
    : { key: given.slice(0, sign).trim(), text: given.slice(sign + 1) };
}

function isWithin(one: readonly string[], other: readonly string[]): boolean {
  const size = Math.min(one.length, other.length);
  return one.slice(0, size).every((part, index) => part === other[index]);
}

// As JSON where the setting takes that; else as text; a list may be given as its words.
function readValue(schema: z.ZodType, text: string): unknown {
  const json = fromJson(text);
  const words = text.split(",").map((word) => word.trim());
  const readings = [...(json === undefined ? [] : [json]), text, words];
  const fitting = readings.findIndex((reading) => schema.safeParse(reading).success);
  return readings[Math.max(0, fitting)];
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

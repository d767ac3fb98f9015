import type { z } from "zod";
import type { Config } from "./config.ts";
import { toConfig } from "./config.ts";
import type { Document } from "./document.ts";
import { readDocument } from "./document.ts";
import { checkKeys } from "./keys.ts";
import type { OlderKey } from "./older/told.ts";
import { translate } from "./older/translate.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";
import { sayIssue } from "./say-issue.ts";
import { fileSchema } from "./schema.ts";
import { checkSizes } from "./sizes.ts";
import { mend } from "./mend.ts";
import { describe } from "./show.ts";
import { checkSyntax } from "./syntax.ts";

/** A text that was read: `config` is what could be understood of it, `null` if nothing. */
export type Parsed = {
  readonly document: Document;
  readonly config: Config | null;
  readonly findings: readonly Finding[];
  /** What became of each key that only older files have. */
  readonly older: readonly OlderKey[];
};

/** Reads a text whose size and nesting are bounded; what is wrong is found all at once. */
export function parse(text: string): Parsed {
  const document = readDocument(text);
  const syntax = checkSyntax(text, document);
  if (syntax.length > 0) return nothing(document, syntax);
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message = `the file must hold an object, found ${describe(value)}`;
    const findings = [error([], message, 'write it like { "providers": { … } }')];
    return nothing(document, findings);
  }
  const sizes = checkSizes(document);
  if (sizes.length > 0) return nothing(document, sizes);
  return read(document, value, checkKeys(document));
}

function read(document: Document, value: object, keys: readonly Finding[]): Parsed {
  const first = fileSchema.safeParse(value);
  if (first.success) return understood(document, first.data, keys);
  const issues = first.error.issues.map(({ path, message }) => ({
    path: path.map((part) => (typeof part === "number" ? part : String(part))),
    message,
  }));
  const findings = issues.map(({ path, message }) => sayIssue(value, path, message));
  const mended = fileSchema.safeParse(
    mend(
      value,
      issues.map(({ path }) => path),
    ),
  );
  const told = [...keys, ...findings];
  return mended.success ? understood(document, mended.data, told) : nothing(document, told);
}

function nothing(document: Document, findings: readonly Finding[]): Parsed {
  return { document, config: null, findings, older: [] };
}

function understood(
  document: Document,
  data: z.output<typeof fileSchema>,
  told: readonly Finding[],
): Parsed {
  const { config, findings, told: older } = translate(toConfig(document, data), data, document);
  return { document, config, findings: [...told, ...findings], older };
}

import type { z } from "zod";
import type { Config } from "./config.ts";
import { toConfig } from "./config.ts";
import type { Document, Path } from "./document.ts";
import { readDocument } from "./document.ts";
import { nearest } from "./edits.ts";
import { checkKeys } from "./keys.ts";
import type { OlderKey } from "./older/told.ts";
import { translate } from "./older/translate.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";
import { fileSchema } from "./schema.ts";
import { checkSizes } from "./sizes.ts";
import { mend } from "./mend.ts";
import { describe } from "./show.ts";
import { laterProtocols, protocols } from "./spoken.ts";
import { checkSyntax } from "./syntax.ts";
import { valueAt } from "./value-at.ts";

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
  const findings = issues.map((issue) => say(value, issue.path, issue.message));
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

function say(value: object, path: Path, must: string): Finding {
  const found = valueAt(value, path);
  if (found === undefined) return error(path, `is missing; it ${must}`, missingHint(path));
  const last = path.at(-1);
  if (last === "protocol" && typeof found === "string" && laterProtocols.has(found)) {
    return error(path, `"${found}" is not spoken by this version`, spoken);
  }
  const what = isSecret(path) ? kindOf(found) : describe(found);
  return error(path, `${must}, found ${what}`, cure(path, found, must));
}

const spoken = `spoken: ${protocols.join(", ")}`;

// Nothing of what stands there is to be shown.
function isSecret(path: Path): boolean {
  return path[0] === "providers" && (path[2] === "api_key" || path[2] === "headers");
}

function kindOf(found: unknown): string {
  if (typeof found === "string") return "a text of another kind";
  return typeof found === "number" ? "a number" : describe(found);
}

function missingHint(path: Path): string {
  switch (String(path.at(-1))) {
    case "providers":
      return "`standin init` writes a first file";
    case "api_endpoint":
      return 'write it like "https://api.deepseek.com/v1/chat/completions"';
    case "api_key":
      return 'write it like "env:DEEPSEEK_API_KEY"';
    case "model_name":
      return 'write it like "deepseek-flash"';
    default:
      return "write it, or take out the whole entry";
  }
}

function cure(path: Path, found: unknown, must: string): string {
  if (must.includes("an object")) return "begin it with { and end it with }";
  if (must.includes("a list")) return "begin it with [ and end it with ]";
  if (isSecret(path)) return 'write it like "env:NAME", "${NAME}" or "file:/path"';
  if (found === null) return "take it out";
  return (typeof found === "string" ? cureText(found, must) : cureOther(found, must)) ?? usual;
}

const usual = "write it so, or take it out";

function cureText(found: string, must: string): string | null {
  const bare = found.trim();
  if (must.startsWith("must be text"))
    return bare !== "" && bare !== found ? "take out the space around it" : null;
  const options = [...must.matchAll(/"([^"]+)"/gu)].map(([, option = ""]) => option);
  const meant = nearest(bare, options);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const isNumber = must.includes("number") && /^-?\d+(?:\.\d+)?$/u.test(bare);
  const isFlag = must.includes("true or false") && /^(?:true|false)$/iu.test(bare);
  return isNumber || isFlag ? `write ${bare.toLowerCase()} without quotes` : null;
}

function cureOther(found: unknown, must: string): string | null {
  if (must.includes("seconds") && typeof found === "number" && found > 0) {
    return "durations are in seconds, not milliseconds";
  }
  const wantsText = must.startsWith("must be text") || must.includes("one of");
  return wantsText && typeof found !== "object" ? "write it in double quotes" : null;
}

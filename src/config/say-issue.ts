import type { Path } from "./document.ts";
import { nearest } from "./edits.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";
import { describe } from "./show.ts";
import { laterProtocols, protocols } from "./spoken.ts";
import { valueAt } from "./value-at.ts";

/** Says what is wrong with a value that the schema refuses; `must` ends a sentence on its key. */
export function sayIssue(value: object, path: Path, must: string): Finding {
  const found = valueAt(value, path);
  if (found === undefined) {
    return error(
      path,
      must.replace(/^must be text: |^must be /u, "is missing: "),
      missingHint(path),
    );
  }
  const last = path.at(-1);
  if (last === "protocol" && typeof found === "string" && laterProtocols.has(found)) {
    const spoken = `write ${protocols.join(" or ")}, if the same server speaks it`;
    return error(path, `"${found}" is not spoken by this version`, spoken);
  }
  const what = isSecret(path) ? kindOf(found) : describe(found);
  return error(path, `${must}, found ${what}`, cure(path, found, must));
}

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
  if (must.includes("an object")) return cureObject(path, found);
  if (must.includes("a list")) return "begin it with [ and end it with ]";
  if (isSecret(path)) return 'write it like "env:NAME", "${NAME}" or "file:/path"';
  if (found === null) return "take it out";
  if (typeof found === "string") return cureText(found, must);
  if (typeof found === "number") return cureNumber(found, must);
  const wantsText = must.startsWith("must be text") || must.includes("one of");
  return wantsText && typeof found === "boolean" ? "write it in double quotes" : usual(must);
}

function cureObject(path: Path, found: unknown): string {
  if (path.length === 1 && Array.isArray(found)) {
    return 'write each under its name, as in { "deepseek": { … } }';
  }
  return found === null
    ? "write its settings, or take it out"
    : "begin it with { and end it with }";
}

function usual(must: string): string {
  if (must.includes("one of")) return "write one of these, or take it out";
  if (must.includes("true or false")) return "write true or false, or take it out";
  return must.includes(" from ")
    ? "write a number within these bounds, or take it out"
    : "write it so, or take it out";
}

function cureText(found: string, must: string): string {
  const bare = found.trim();
  if (must.startsWith("must be text")) {
    return bare !== "" && bare !== found ? "take out the space around it" : usual(must);
  }
  const options = [...must.matchAll(/"([^"]+)"/gu)].map(([, option = ""]) => option);
  const meant = meantBy(bare, options);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const seconds = must.includes("seconds") ? secondsIn(bare) : undefined;
  if (seconds !== undefined) return `durations are plain numbers of seconds: write ${seconds}`;
  const isNumber = must.includes(" from ") && /^-?\d+(?:\.\d+)?$/u.test(bare);
  const isFlag = must.includes("true or false") && /^(?:true|false)$/iu.test(bare);
  return isNumber || isFlag ? `write ${bare.toLowerCase()} without quotes` : usual(must);
}

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };

// As in "30s", "500 ms", "2 minutes".
function secondsIn(text: string): number | undefined {
  const [, count = "", unit = ""] =
    /^(\d+(?:\.\d+)?)\s*(ms|m|s|h)(?:ec(?:ond)?s?|in(?:ute)?s?|rs?|ours?)?$/iu.exec(text) ?? [];
  const each = secondsPer[unit.toLowerCase()];
  return each === undefined ? undefined : Number((Number(count) * each).toFixed(3));
}

// Other names of the vendors that are known.
const otherNames: ReadonlyMap<string, string> = new Map(
  ["alibaba", "aliyun", "bailian", "dashscope", "tongyi"].map((name) => [name, "qwen"]),
);

function meantBy(bare: string, options: readonly string[]): string | undefined {
  const close = nearest(bare, options);
  if (close !== undefined) return close;
  const other = otherNames.get(bare.toLowerCase());
  const longer = options.filter((option) => bare.length > 2 && option.startsWith(bare));
  return (
    options.find((option) => option === other) ?? (longer.length === 1 ? longer[0] : undefined)
  );
}

function cureNumber(found: number, must: string): string {
  if (must.includes("seconds") && found > 0) return inSeconds(found);
  const wantsText = must.startsWith("must be text") || must.includes("one of");
  return wantsText ? "write it in double quotes" : usual(must);
}

/** Says that a duration is in seconds, and which one may have been meant. */
export function inSeconds(found: number): string {
  const isRound = Number.isInteger(found) && found >= 1_000;
  const meant = isRound ? `: did you mean ${found / 1_000}?` : "";
  return `durations are in seconds, not milliseconds${meant}`;
}

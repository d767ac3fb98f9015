/** What is wrong with one place of an object, without what the model wrote there. */
export type Issue = {
  /** As in `tags[0]`; empty for the object itself. */
  readonly path: string;
  /** As in "is missing". */
  readonly message: string;
};

/** Whether a value is what was asked for. */
export type Verdict =
  | { readonly right: true; readonly value: unknown }
  | { readonly right: false; readonly issues: readonly Issue[] };

/** A path as it is written in code. */
export function sayPath(keys: readonly PropertyKey[]): string {
  return keys
    .map((key) => {
      const name = String(key);
      if (/^\d+$/u.test(name)) return `[${name}]`;
      return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    })
    .join("")
    .replace(/^\./u, "");
}

const mostIssues = 12;
const longestIssue = 300;

/** What is wrong, a line each: the first of them where there are very many. */
export function sayIssues(issues: readonly Issue[]): readonly string[] {
  if (issues.length === 0) return ["the object is refused by the schema's own check"];
  const lines = issues.map(({ path, message }) => {
    const what = message === "" ? "is refused by the schema's own check" : message;
    const whole = /^\p{Lu}/u.test(what) ? "the object: " : "the object ";
    const line = path === "" ? `${whole}${what}` : `${path}: ${what}`;
    return line.length > longestIssue ? `${line.slice(0, longestIssue)}…` : line;
  });
  const all = [...new Set(lines)];
  const more = all.length - mostIssues;
  return more <= 0 ? all : [...all.slice(0, mostIssues), `and ${more} more`];
}

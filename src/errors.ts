/** How much a problem matters: only an error keeps a configuration from being used. */
export type Severity = "error" | "warning" | "note";

/** One thing to know about a configuration file; holds no secret. */
export type Problem = {
  readonly severity: Severity;
  /** Where in the file's structure, such as `providers.qwen.timeout`; empty for the whole file. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in UTF-16 units as editors do. */
  readonly column: number;
  readonly message: string;
  /** What to do about it; may be empty. */
  readonly hint: string;
};

/** Says a problem on one line: `file:line:column path: message. Hint`. */
export function sayProblem(source: string, problem: Problem): string {
  const { severity, path, line, column, message, hint } = problem;
  const what = severity === "error" ? message : `${severity}: ${message}`;
  const subject = path === "" ? what : `${path}: ${what}`;
  const cure = hint === "" ? "" : `. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
  return `${source}:${line}:${column} ${subject}${cure}`;
}

/**
 * A configuration that cannot be used, or a change while running that cannot be made; its message
 * lists every problem, one a line.
 */
export class LLMConfigurationError extends Error {
  override readonly name = "LLMConfigurationError";
  readonly problems: readonly Problem[];

  constructor(
    source: string,
    problems: readonly Problem[],
    what = "The configuration cannot be used",
  ) {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const count = errors === 1 ? "1 error" : `${errors} errors`;
    const lines = problems.map((problem) => `  ${sayProblem(source, problem)}`);
    super([`${what} (${count}):`, ...lines].join("\n"));
    this.problems = problems;
  }
}

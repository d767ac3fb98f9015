import type { Problem } from "../../index.ts";
import type { Checked } from "./checked.ts";

const commands = { error: "error", warning: "warning", note: "notice" } as const;

/** Every problem as an annotation that GitHub's workflows show beside its line. */
export function sayForGithub(checked: readonly Checked[]): string {
  return checked
    .flatMap(({ file, problems }) => problems.map((problem) => annotate(file, problem)))
    .map((line) => `${line}\n`)
    .join("");
}

function annotate(file: string, { severity, path, line, column, message, hint }: Problem): string {
  const title = path === "" ? "configuration" : path;
  const place = `file=${property(file)},line=${line},col=${column},title=${property(title)}`;
  const cure = hint === "" ? "" : `. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
  return `::${commands[severity]} ${place}::${data(`${message}${cure}`)}`;
}

// The escapes are those of GitHub's own toolkit.
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

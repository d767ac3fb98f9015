import type { Comparison } from "../../index.ts";
import { compareFiles } from "../../index.ts";
import { exitCode } from "../exit-code.ts";
import { writeJson, writeOut } from "../terminal.ts";
import { isUsable } from "./checked.ts";
import { sayChecked } from "./say-checked.ts";

/** What `diff` may be told. */
export type DiffFlags = { readonly keysElsewhere?: boolean; readonly json?: boolean };

/** Says what is different in a second file; ends with 1 if anything is, as `diff` does. */
export async function diff(before: string, after: string, flags: DiffFlags): Promise<number> {
  const { keysElsewhere = false, json = false } = flags;
  const compared = await compareFiles(before, after, { keysElsewhere });
  const { changes } = compared;
  if (json) await writeJson({ before, after, ...toJson(compared) });
  else if (changes === null) await writeOut(refusal(before, after, compared));
  else await writeOut(changes.map((sentence) => `${sentence}.\n`).join(""));
  if (changes === null) return exitCode.configuration;
  return changes.length === 0 ? exitCode.done : exitCode.failed;
}

function toJson({ changes, before, after }: Comparison): object {
  const same = changes === null ? null : changes.length === 0;
  return { same, changes, problems: { before: before.problems, after: after.problems } };
}

// Only of what cannot be compared: the warnings of the other are no matter here.
function refusal(before: string, after: string, compared: Comparison): string {
  const files = [
    { file: before, ...compared.before },
    { file: after, ...compared.after },
  ];
  return files
    .filter((one) => !isUsable(one))
    .map(({ file, problems }) => sayChecked(file, problems))
    .join("");
}

import type { CheckOptions } from "../check.ts";
import { compareSnapshots } from "../config/diff.ts";
import type { Inspection } from "./inspect.ts";
import { loadFile } from "./inspect.ts";

/** Two configurations beside each other. */
export type Comparison = {
  /** What is different in the second, a sentence each; `null` when one cannot be used. */
  readonly changes: readonly string[] | null;
  readonly before: Pick<Inspection, "readable" | "problems">;
  readonly after: Pick<Inspection, "readable" | "problems">;
};

/** Says in words what is different in a second file; secrets are compared and never shown. */
export async function compareFiles(
  before: string,
  after: string,
  options: CheckOptions = {},
): Promise<Comparison> {
  const [was, is] = [await loadFile(before, options), await loadFile(after, options)];
  const isWhole = was.snapshot !== null && is.snapshot !== null;
  return {
    changes: isWhole ? compareSnapshots(was.snapshot, is.snapshot) : null,
    before: { readable: was.readable, problems: was.problems },
    after: { readable: is.readable, problems: is.problems },
  };
}

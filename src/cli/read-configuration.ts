import { readFile } from "node:fs/promises";
import { sayProblem, unreadableFile } from "../index.ts";
import { writeFailure, writeJson } from "./terminal.ts";

/** The bytes of a configuration file; `null` when there are none to read, and why was said. */
export async function readConfiguration(
  file: string,
  { json }: { readonly json?: boolean },
): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const problem = unreadableFile(error);
    const message = sayProblem(file, problem);
    if (json) await writeJson({ error: { kind: "configuration", message, problems: [problem] } });
    writeFailure(message);
    return null;
  }
}

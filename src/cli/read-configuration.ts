import { readFile } from "node:fs/promises";
import { systemReason } from "./system-reason.ts";
import { writeFailure, writeJson } from "./terminal.ts";

/** The bytes of a configuration file; `null` when there are none to read, and why was said. */
export async function readConfiguration(
  file: string,
  { json }: { readonly json?: boolean },
): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const hint = missing ? "; `standin init` writes a first one" : "";
    const message = `${file} cannot be read: ${systemReason(error)}${hint}.`;
    if (json) await writeJson({ error: { kind: "configuration", message } });
    writeFailure(message);
    return null;
  }
}

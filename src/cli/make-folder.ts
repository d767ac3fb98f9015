import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a folder and those it stands in; rejects with the system's own error. */
export async function makeFolder(path: string): Promise<void> {
  // Step by step: Node's own recursive way never comes back from a place like /proc.
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    const parent = dirname(path);
    if (code !== "ENOENT" || parent === path) throw error;
    await makeFolder(parent);
    await mkdir(path);
  }
}

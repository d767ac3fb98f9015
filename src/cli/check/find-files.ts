import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The files that places stand for: a file is itself, a directory every configuration below it. */
export async function findFiles(places: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    places.map(async (place) => ((await isDirectory(place)) ? await filesBelow(place) : [place])),
  );
  return [...new Set(found.flat())];
}

/** Whether there is a directory of this name. */
export async function isDirectory(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory();
  } catch {
    return false;
  }
}

// What is hidden, or was brought by a package manager, is nobody's own configuration.
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const own = entries.filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  const found = await Promise.all(
    own.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return await filesBelow(path);
      const isOne = /\.jsonc?$/iu.test(entry.name) && !(await isDirectory(path));
      return isOne ? [path] : [];
    }),
  );
  return found.flat().toSorted();
}

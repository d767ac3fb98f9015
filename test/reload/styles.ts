import { mkdir, open, readlink, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** A file, the folder it stands in, and how often it was written. */
export type Place = { readonly folder: string; readonly file: string; edits: number };

/** A way in which people and programs write a file; `pause` is between two steps of it. */
export type Style = (place: Place, text: string, pause: () => Promise<void>) => Promise<void>;

/** Every way that a watcher has to notice. */
export const styles: Readonly<Record<string, Style>> = {
  "in place": async ({ file }, text) => writeFile(file, text),

  "in place, in two halves": async ({ file }, text, pause) => {
    const half = Math.floor(text.length / 2);
    const handle = await open(file, "w");
    await handle.write(text.slice(0, half));
    await pause();
    await handle.write(text.slice(half));
    await handle.close();
  },

  "in place, over the old text": async ({ file }, text) => {
    const handle = await open(file, "r+");
    await handle.write(text, 0);
    await handle.truncate(Buffer.byteLength(text));
    await handle.close();
  },

  "beside it, and renamed over it": async ({ file }, text) => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  },

  "by backup and rename, as vim does": async ({ file }, text) => {
    await rename(file, `${file}~`);
    await writeFile(file, text);
    await unlink(`${file}~`);
  },

  "removed, then created": async ({ file }, text, pause) => {
    await unlink(file);
    await pause();
    await writeFile(file, text);
  },

  "by a swap of ..data, as Kubernetes does": async (place, text) => {
    const { folder, file } = place;
    const data = join(folder, "..data");
    const before = await readlink(data).catch(() => null);
    const version = `..version-${place.edits}`;
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, basename(file)), text);
    await link(version, data);
    await link(join("..data", basename(file)), file);
    if (before !== null) await rm(join(folder, before), { recursive: true });
  },

  "as another target of a link": async (place, text) => {
    const target = `${place.file}.${place.edits}`;
    await writeFile(target, text);
    await link(basename(target), place.file);
  },

  "in a folder that disappears and returns": async ({ folder, file }, text, pause) => {
    await rename(folder, `${folder}.gone`);
    await pause();
    await mkdir(folder);
    await writeFile(file, text);
    await rm(`${folder}.gone`, { recursive: true });
  },
};

/** Writes a file in one of the ways. */
export async function write(
  place: Place,
  style: string,
  text: string,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  place.edits += 1;
  await styles[style]?.(place, text, pause);
}

// A link cannot be made where something stands; a rename over it can.
async function link(target: string, path: string): Promise<void> {
  if ((await readlink(path).catch(() => null)) === target) return;
  await symlink(target, `${path}.link`);
  await rename(`${path}.link`, path);
}

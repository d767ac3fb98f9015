import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** Kills this process before one of its dealings with files, or half-way in one that writes. */

const dieAt = Number(process.env["DIE_AT"]);
const handle = await promises.open(import.meta.filename, "r");
const handles = Object.getPrototypeOf(handle) as object;
await handle.close();
let moment = 0;

function pass(): void {
  if (moment === dieAt) process.kill(process.pid, "SIGKILL");
  moment += 1;
}

type Deed = (this: unknown, ...given: unknown[]) => Promise<unknown>;

function watch(on: object, name: string): void {
  const deed = Reflect.get(on, name) as Deed;
  const watched = async function (this: unknown, ...given: readonly unknown[]): Promise<unknown> {
    pass();
    if (name === "writeFile") await writeHalf(this, deed, given);
    return await deed.apply(this, [...given]);
  };
  Reflect.set(on, name, watched);
}

async function writeHalf(on: unknown, deed: Deed, given: readonly unknown[]): Promise<void> {
  const at = given.length === 1 ? 0 : 1;
  const bytes = Buffer.from(given[at] as string | Uint8Array);
  if (moment === dieAt) {
    const half = bytes.subarray(0, bytes.length >> 1);
    await deed.apply(on, given.toSpliced(at, 1, half));
  }
  pass();
}

for (const name of ["link", "writeFile", "open", "rename", "rm", "readFile", "readdir", "stat"]) {
  watch(promises, name);
}
for (const name of ["writeFile", "sync", "close", "chmod", "chown", "stat"]) watch(handles, name);
syncBuiltinESMExports();

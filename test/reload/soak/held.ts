import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What this process holds on the heap after a collection of garbage, in MiB. */
export function heapMiB(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Sockets, listeners and watches of this process that are open; a piped output is none of ours. */
export function openHandles(): number {
  const held = process.getActiveResourcesInfo();
  return held.filter((kind) => /TCP|FSEvent|FSReq/u.test(kind)).length;
}

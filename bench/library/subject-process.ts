import { fork } from "node:child_process";
import { once } from "node:events";
import type { Block, BlockOrder } from "./block.ts";
import type { SubjectName } from "./subject.ts";
import type { Report } from "./subject-main.ts";
import type { Upstream } from "./upstream-process.ts";

/** A subject in a process of its own, idle until it is given a block. */
export type SubjectProcess = {
  readonly name: SubjectName;
  run(order: BlockOrder): Promise<Block>;
  /** The most memory its process has held so far, in bytes. */
  peakBytes(): number;
  stop(): void;
};

/** Starts a subject's process; `nodeOptions` are given to its Node. */
export async function startSubject(
  script: string,
  name: SubjectName,
  { well, failing }: Upstream,
  nodeOptions: readonly string[] = [],
): Promise<SubjectProcess> {
  const child = fork(script, [name, well, failing], { execArgv: [...nodeOptions] });
  const died = once(child, "exit").then(([code]) => {
    throw new Error(`The process of ${name} ended with ${String(code)}.`);
  });
  died.catch(() => {});
  await Promise.race([once(child, "message"), died]);
  let peakBytes = 0;
  return {
    name,
    async run(order) {
      const reply = once(child, "message") as Promise<[Report]>;
      child.send(order);
      const [report] = await Promise.race([reply, died]);
      ({ peakBytes } = report);
      return report.block;
    },
    peakBytes: () => peakBytes,
    stop: () => child.disconnect(),
  };
}

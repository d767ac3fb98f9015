import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LabConfiguration } from "../../src/lab/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import { textOf } from "./text.ts";

/** A manager of a file that is edited by renaming over it. */
export type Edited = {
  readonly manager: LLMConfigManager;
  /** Writes another version; the time from its rename until it is in force, in milliseconds. */
  readonly edit: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** A file of so many providers, watched. */
export function createEdited(providers: number, lab?: LabConfiguration): Edited {
  const folder = mkdtempSync(join(tmpdir(), "standin-bench-"));
  const file = join(folder, "llm.json");
  let mark = 100;
  let applied = (): void => {};
  writeFileSync(file, textOf(providers, mark, lab));
  const manager = new LLMConfigManager(file, {
    observers: [
      ({ type }) => {
        if (type === "configuration-applied") applied();
      },
    ],
  });
  // Watching a file keeps no process running.
  const alive = setInterval(() => {}, 1_000);
  return {
    manager,
    edit: async () => {
      mark += 1;
      writeFileSync(`${file}.new`, textOf(providers, mark, lab));
      const done = new Promise<void>((resolve) => (applied = resolve));
      const startedAt = performance.now();
      renameSync(`${file}.new`, file);
      await done;
      return performance.now() - startedAt;
    },
    close: async () => {
      clearInterval(alive);
      await manager.close();
      rmSync(folder, { recursive: true });
    },
  };
}

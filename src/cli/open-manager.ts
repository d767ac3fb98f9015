import type { Observer, Ports } from "../index.ts";
import { LLMConfigManager, sayProblem } from "../index.ts";
import { paintNote, writeNote } from "./terminal.ts";

/** A manager of this file; what its configuration warns of is said on standard error. */
export function openManager(
  file: string,
  observers: readonly Observer[],
  ports: Partial<Ports> = {},
): LLMConfigManager {
  const manager = new LLMConfigManager(file, {
    observers,
    watch: false,
    ports: { ...ports, warn: () => {} },
  });
  for (const warning of manager.getProviderStatus().configuration.warnings) {
    writeNote(paintNote("yellow", sayProblem(file, warning)));
  }
  return manager;
}

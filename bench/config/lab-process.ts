import { fork } from "node:child_process";
import { once } from "node:events";
import type { LabConfiguration } from "../../src/lab/index.ts";
import { startLab } from "../../src/lab/index.ts";

/** Two simulated providers in a process of their own. */
export type LabProcess = { readonly configuration: LabConfiguration; stop(): void };

/** Starts them. */
export async function startLabProcess(): Promise<LabProcess> {
  const child = fork(import.meta.filename, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [configuration] = (await once(child, "message")) as [LabConfiguration];
  return { configuration, stop: () => child.disconnect() };
}

if (process.send !== undefined && import.meta.main) {
  // As slow as a quick vendor: the processor is not to be what is measured.
  const pace = { latencyMs: 150, deltaMs: 5 };
  const lab = await startLab({
    providers: { first: { vendor: "openai", ...pace }, second: { vendor: "deepseek", ...pace } },
  });
  process.send(lab.configuration("first", "second"));
  process.once("disconnect", () => void lab.close());
}

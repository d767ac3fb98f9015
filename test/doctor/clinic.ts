import type { Checkup, DiagnoseOptions, Diagnosis } from "../../src/index.ts";
import { diagnose } from "../../src/index.ts";
import type { Lab, LabSettings } from "../../src/lab/index.ts";
import { startLab } from "../../src/lab/index.ts";

// The way to a host that does not exist must not lead through this machine's own proxy.
for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"]) {
  delete process.env[name];
  delete process.env[name.toLowerCase()];
}

/** The key of every simulated provider; no output may hold a part of it. */
export const canary = "sk-test-CANARY-7f3a9c1e5d20";

/** Providers of the lab, one of each vendor, all of which take the canary. */
export function startClinic(settings: LabSettings = {}): Promise<Lab> {
  return startLab({ keys: { qwen: canary, deepseek: canary, openai: canary }, ...settings });
}

/** A configuration of one of the lab's providers, with what is said otherwise of it. */
export function fileOf(lab: Lab, name: string, changes: object = {}, top: object = {}): string {
  const entry = lab.configuration(name).providers[name];
  return JSON.stringify({ providers: { [name]: { ...entry, ...changes } }, ...top });
}

/** Examines the one provider of a configuration. */
export async function examineOne(text: string, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const [diagnosis] = (await checkup(text, options)).diagnoses;
  if (diagnosis === undefined) throw new Error("Nobody was examined.");
  return diagnosis;
}

/** A whole checkup, in which no key is to be found. */
export async function checkup(text: string, options: DiagnoseOptions = {}): Promise<Checkup> {
  const found = await diagnose(text, options);
  if (JSON.stringify(found).includes("CANARY")) throw new Error("A key was told.");
  return found;
}

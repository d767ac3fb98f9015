import type { Checkup, DiagnoseOptions } from "../index.ts";
import { diagnose } from "../index.ts";
import { sayChecked } from "./check/say-checked.ts";
import { exitCode } from "./exit-code.ts";
import { createProgress } from "./progress.ts";
import { readConfiguration } from "./read-configuration.ts";
import { reportFailure } from "./report-failure.ts";
import { sayDiagnoses } from "./say-diagnoses.ts";
import { writeJson, writeOut } from "./terminal.ts";

/** What `doctor` may be told. */
export type DoctorFlags = {
  readonly config?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly json?: boolean;
};

/** Asks each provider once, says what is wrong with it, and what to do. */
export async function doctor(
  name: string | undefined,
  flags: DoctorFlags & { readonly config: string },
  signal: AbortSignal,
): Promise<number> {
  const { config: file, timeout } = flags;
  const bytes = await readConfiguration(file, flags);
  if (bytes === null) return exitCode.configuration;
  try {
    const checkup = await examineAll(bytes, {
      signal,
      ...(name === undefined ? {} : { provider: name }),
      ...(timeout === undefined ? {} : { timeoutMs: timeout * 1_000 }),
    });
    if (flags.json) await writeJson({ file, ...checkup });
    else await writeOut(`${sayCheckup(file, checkup)}\n`);
    if (!checkup.usable) return exitCode.configuration;
    return checkup.well ? exitCode.done : exitCode.failed;
  } catch (error) {
    return await reportFailure(error, flags);
  }
}

// On a terminal, with a line that says who is still being waited for.
async function examineAll(bytes: Uint8Array, options: DiagnoseOptions): Promise<Checkup> {
  const progress = createProgress();
  const waiting = new Set<string>();
  const show = () => progress.show(`asking ${[...waiting].join(", ")}`);
  try {
    return await diagnose(bytes, {
      ...options,
      onStart(provider) {
        waiting.add(provider);
        show();
      },
      onDiagnosis({ provider }) {
        waiting.delete(provider);
        if (waiting.size > 0) show();
      },
    });
  } finally {
    progress.stop();
  }
}

function sayCheckup(file: string, { usable, problems, diagnoses }: Checkup): string {
  if (usable) return sayDiagnoses(diagnoses);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (diagnoses.length === 0) return sayChecked(file, errors).trimEnd();
  const all = "These are its providers, each as if it stood alone:";
  return `${sayChecked(file, errors)}\n${all}\n\n${sayDiagnoses(diagnoses)}`;
}

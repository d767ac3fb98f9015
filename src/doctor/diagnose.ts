import { loadConfiguration } from "../config/load.ts";
import type { Problem } from "../errors.ts";
import { noSuchName } from "../no-such-name.ts";
import { systemPorts } from "../node/ports.ts";
import type { Ports } from "../ports.ts";
import { LLMProviderError } from "../provider-error.ts";
import type { FailureRule } from "../snapshot.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Practice } from "./examine.ts";
import { examine } from "./examine.ts";
import { inTurn } from "./in-turn.ts";
import type { Patient } from "./patients.ts";
import { patientsOf, salvage } from "./patients.ts";

/** What the doctor may be told beside the configuration's text. */
export type DiagnoseOptions = {
  /** Looks at this provider alone, also when it is disabled. */
  readonly provider?: string;
  /** The time of each exchange in milliseconds, in place of each provider's own. */
  readonly timeoutMs?: number;
  /** Ends the exchanges under way; what is known by then is told. */
  readonly signal?: AbortSignal;
  /** Told each provider that is about to be asked. */
  readonly onStart?: (provider: string) => void;
  /** Told each diagnosis as soon as it is made. */
  readonly onDiagnosis?: (diagnosis: Diagnosis) => void;
  /** Replaces parts of the outside world, for tests. */
  readonly ports?: Partial<Ports>;
};

/** What the doctor found out about a configuration and its providers. */
export type Checkup = {
  /** Whether the configuration can be used and every provider that was asked is well, or slow. */
  readonly well: boolean;
  readonly usable: boolean;
  readonly problems: readonly Problem[];
  /** In the file's order. */
  readonly diagnoses: readonly Diagnosis[];
};

/** How many providers are asked at the same time. */
const mostAtOnce = 8;

/**
 * Asks every configured provider for one token, once, and tells what is wrong with each that does
 * not answer. Rejects with LLMProviderError, `bad_request`, for a provider that is not there.
 */
export async function diagnose(
  text: string | Uint8Array,
  options: DiagnoseOptions = {},
): Promise<Checkup> {
  const { provider: name, timeoutMs = null, signal = new AbortController().signal } = options;
  const ports = { ...systemPorts(), ...options.ports };
  const { snapshot, problems } = loadConfiguration(text, ports);
  const rules: readonly FailureRule[] = snapshot?.failureRules ?? [];
  const patients = snapshot === null ? salvage(text, ports) : patientsOf(snapshot);
  const chosen = choose(patients, name);
  const { transport, clock } = ports;
  const practice: Practice = { transport, clock, rules, timeoutMs, signal };
  try {
    const diagnoses = await inTurn(chosen, mostAtOnce, async (patient) => {
      options.onStart?.(patient.name);
      const diagnosis = await see(patient, name !== undefined, practice);
      options.onDiagnosis?.(diagnosis);
      return diagnosis;
    });
    const usable = snapshot !== null;
    return { well: usable && isWell(diagnoses), usable, problems, diagnoses };
  } finally {
    await transport.close();
  }
}

async function see(patient: Patient, named: boolean, practice: Practice): Promise<Diagnosis> {
  if (patient.asleep !== null && !named) return patient.asleep;
  if (patient.provider !== null) return examine(patient.provider, practice);
  return named ? { ...patient.flaw, verdict: "unwell" } : patient.flaw;
}

function choose(patients: readonly Patient[], name: string | undefined): readonly Patient[] {
  if (name === undefined) return patients;
  const chosen = patients.filter((patient) => patient.name === name);
  if (chosen.length > 0) return chosen;
  const known = patients.map((patient) => patient.name);
  const message = noSuchName("provider", name, known);
  throw new LLMProviderError({ kind: "bad_request", message });
}

// Somebody must have answered: a configuration nobody of which was asked is not well.
function isWell(diagnoses: readonly Diagnosis[]): boolean {
  const asked = diagnoses.filter(({ verdict }) => verdict !== "not_asked");
  const good = asked.filter(({ verdict }) => verdict === "well" || verdict === "warning");
  return asked.length > 0 && good.length === asked.length;
}

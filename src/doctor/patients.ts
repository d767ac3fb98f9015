import { readBounded } from "../config/bounds.ts";
import { readDocument } from "../config/document.ts";
import { loadConfiguration } from "../config/load.ts";
import type { SecretPorts } from "../config/read-secret.ts";
import type { Problem } from "../errors.ts";
import { isObject } from "../providers/json.ts";
import type { Provider, Snapshot } from "../snapshot.ts";
import type { Diagnosis, UnaskedCause, Verdict } from "./diagnosis.ts";
import type { Words } from "./finding.ts";

/** A provider of the configuration: to be asked, or why it cannot be. */
export type Patient = {
  readonly name: string;
  /** Why it is asked only by name: it is disabled. */
  readonly asleep: Diagnosis | null;
} & (
  | { readonly provider: Provider; readonly flaw: null }
  | { readonly provider: null; readonly flaw: Diagnosis }
);

/** Every provider of a configuration that can be used. */
export function patientsOf({ providers }: Snapshot): readonly Patient[] {
  return providers.map((provider) => {
    const { name, enabled, key } = provider;
    const asleep = enabled ? null : sleeping(provider);
    if (key !== null) return { name, asleep, provider, flaw: null };
    const message = `It has no key (${provider.keySource}), so it is skipped.`;
    const words = { message, advice: keyAdvice(provider) };
    return { name, asleep, provider: null, flaw: unasked(provider, "key_missing", words) };
  });
}

/** The providers of a configuration that cannot be used, each looked at as if it were alone. */
export function salvage(text: string | Uint8Array, ports: SecretPorts): readonly Patient[] {
  const bounded = readBounded(text);
  const value = "problem" in bounded ? null : readDocument(bounded.text).value;
  const providers = isObject(value) ? value["providers"] : null;
  if (!isObject(providers)) return [];
  return Object.entries(providers).map(([name, entry]) => alone(name, entry, ports));
}

function alone(name: string, entry: unknown, ports: SecretPorts): Patient {
  const disabled = isObject(entry) && entry["enabled"] === false;
  const woken = disabled && isObject(entry) ? { ...entry, enabled: true } : entry;
  const text = JSON.stringify({ providers: { [name]: woken } });
  const { snapshot, problems } = loadConfiguration(text, ports);
  const provider = snapshot?.providers.find((one) => one.name === name) ?? null;
  const about = { name, model: textOf(entry, "model_name"), endpoint: null };
  const asleep = disabled ? sleeping(about) : null;
  if (provider !== null) return { name, asleep, provider, flaw: null };
  const { cause, ...words } = firstTrouble(name, problems);
  return { name, asleep, provider: null, flaw: unasked(about, cause, words, "unwell") };
}

function firstTrouble(
  name: string,
  problems: readonly Problem[],
): Words & { readonly cause: UnaskedCause } {
  const errors = problems.filter(({ severity }) => severity === "error");
  const ofKey = problems.find(({ path, severity }) => {
    return path === `providers.${name}.api_key` && severity !== "note";
  });
  const only = errors.every(({ path }) => path === ofKey?.path || path === "providers");
  const trouble = ofKey !== undefined && only ? ofKey : errors[0];
  if (trouble === undefined) {
    const advice = "Run `standin check`.";
    return { cause: "configuration", message: "It cannot be understood.", advice };
  }
  const { path, message, hint } = trouble;
  const words = { message: sentence(`${path}: ${message}`), advice: sentence(hint) };
  if (trouble !== ofKey) return { cause: "configuration", ...words };
  return { cause: /key file/.test(message) ? "key_unreadable" : "key_missing", ...words };
}

function sentence(text: string): string {
  const [first = "", ...rest] = text;
  if (first === "") return "";
  const written = text.startsWith("providers.") ? text : first.toUpperCase() + rest.join("");
  return /[.!?]$/.test(written) ? written : `${written}.`;
}

function sleeping(about: About): Diagnosis {
  const message = "It is disabled, so it was not asked.";
  const advice = `\`standin doctor ${about.name}\` asks it all the same.`;
  return unasked(about, "disabled", { message, advice });
}

function keyAdvice({ name, keySource }: Provider): string {
  const variables = /^(?:not set: |variable )(.+)$/.exec(keySource)?.[1];
  const place = `providers.${name}.api_key`;
  const another = `or write another key's place into ${place}.`;
  if (variables !== undefined) return `Set the variable ${variables}, ${another}`;
  const file = /^file (.+)$/.exec(keySource)?.[1];
  if (file !== undefined) return `Put the key into a file ${file} that may be read, ${another}`;
  return `Write the key's place into ${place}, as in "env:NAME".`;
}

type About = { readonly name: string; readonly model: string | null } & {
  readonly endpoint: string | null;
};

function unasked(
  { name, model, endpoint }: About,
  cause: UnaskedCause,
  words: Words,
  verdict: Verdict = "not_asked",
): Diagnosis {
  return {
    ...{ provider: name, model, endpoint, verdict, cause, ...words },
    ...{ status: null, code: null, requestId: null, latency: null, proxy: null, notes: [] },
  };
}

function textOf(entry: unknown, key: string): string | null {
  const value = isObject(entry) ? entry[key] : null;
  return typeof value === "string" ? value : null;
}

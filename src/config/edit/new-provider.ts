import type { ProviderPreset } from "../../providers/catalogue.ts";
import { providerPresets } from "../../providers/catalogue.ts";
import { nearest } from "../edits.ts";
import { quote } from "../show.ts";
import type { EditOf, Refused } from "./edit.ts";
import { refuse } from "./edit.ts";
import { gather, isInlineSecret, readSettings } from "./setting.ts";

type Add = EditOf<"add-provider">;

/** The entry of a new provider, and what is to be said of it. */
export type NewProvider = {
  readonly name: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly remark: string;
};

/** Makes the entry of a new provider of what is known of its vendor and what was given. */
export function newProvider(
  edit: Add,
  isSet: (variable: string) => boolean,
): NewProvider | Refused {
  const { vendor, settings, set, inlineKey = false } = edit;
  const preset = providerPresets.find(({ name }) => name === vendor) ?? null;
  const read = set.length === 0 ? { settings: [] } : readSettings("provider", set);
  if ("refused" in read) return read;
  const given = { ...settings, ...gather(read.settings) };
  const key = { path: ["api_key"], value: given["api_key"] };
  if (!inlineKey && [key, ...read.settings].some(isInlineSecret)) return refuse(pipeIt);
  const known = preset === null ? {} : ofPreset(preset);
  const entry = inOrder({ ...known, ...given });
  const lacking = lack(entry, vendor, preset);
  if (lacking !== null) return lacking;
  const variable = given["api_key"] === undefined ? (preset?.keyVariable ?? null) : null;
  const name = edit.name ?? vendor;
  if (variable === null || isSet(variable) || entry["enabled"] === false) {
    return { name, entry, remark: "" };
  }
  return {
    name,
    entry: { ...entry, enabled: false },
    remark:
      `, but disabled: the variable ${variable} is not set here. ` +
      `Set it, then: standin provider enable ${name}`,
  };
}

const pipeIt =
  "a key in the command would be in your shell's history: write --key env:NAME or " +
  "--key file:/path, or pipe it in with --key -";

function ofPreset(preset: ProviderPreset): Readonly<Record<string, unknown>> {
  const { endpoint, model, keyVariable, settings } = preset;
  return {
    api_endpoint: endpoint,
    // Who needs no key takes any.
    api_key: keyVariable === null ? "none" : `env:${keyVariable}`,
    ...(model === null ? {} : { model_name: model }),
    ...settings,
  };
}

const first = ["api_endpoint", "api_key", "model_name", "max_tokens", "temperature", "timeout"];

// As everybody writes them; whatever else was given comes after.
function inOrder(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(entry).toSorted(([a], [b]) => placeOf(a) - placeOf(b)));
}

function placeOf(key: string): number {
  return first.includes(key) ? first.indexOf(key) : first.length;
}

function lack(
  entry: Readonly<Record<string, unknown>>,
  vendor: string,
  preset: ProviderPreset | null,
): Refused | null {
  if (entry["api_endpoint"] === undefined) {
    const names = providerPresets.map(({ name }) => name);
    const meant = nearest(vendor, names);
    const hint = meant === undefined ? `known: ${names.join(", ")}` : `did you mean ${meant}?`;
    return refuse(
      `${quote(vendor)} is no vendor that is known by name, so it needs --endpoint, --model and ` +
        `--key; ${hint}`,
    );
  }
  if (entry["model_name"] === undefined) {
    const why = preset === null ? "it" : `nobody can know which model of ${vendor} you use, so it`;
    return refuse(`${why} needs --model`);
  }
  if (entry["api_key"] === undefined)
    return refuse(
      "it needs --key env:NAME or --key file:/path, or --key none where none is asked for",
    );
  return null;
}

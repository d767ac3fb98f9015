import type { Document } from "../document.ts";
import { nearest } from "../edits.ts";
import { quote } from "../show.ts";
import type { EditOf, Plan, Refused } from "./edit.ts";
import { namesAt, refuse } from "./edit.ts";
import { planSettings, valueAt } from "./plan-settings.ts";
import { isInlineSecret, readSettings } from "./setting.ts";

/** What it takes to change settings of a provider. */
export function planSetProvider(document: Document, edit: EditOf<"set-provider">): Plan {
  const missing = findProvider(document, edit.name);
  if (missing !== null) return missing;
  const read = readSettings("provider", edit.set, edit.unset);
  if ("refused" in read) return read;
  const secret = read.settings.find(isInlineSecret);
  if (secret !== undefined && edit.inlineKey !== true) return refuse(inlineRefusal(secret.path));
  return planSettings(document.value, ["providers", edit.name], read.settings);
}

/** What it takes to enable or disable a provider. */
export function planSwitchProvider(document: Document, edit: EditOf<"switch-provider">): Plan {
  const missing = findProvider(document, edit.name);
  if (missing !== null) return missing;
  const path = ["providers", edit.name, "enabled"];
  const now = valueAt(document.value, path);
  if (now === edit.enabled || (now === undefined && edit.enabled)) {
    return { changes: [], steps: [] };
  }
  const message = edit.enabled ? "enabled" : "disabled";
  return {
    changes: [{ do: "put", path, value: edit.enabled }],
    steps: [{ path, message: `${edit.name} is ${message}` }],
  };
}

/** Says that there is no provider of this name; `null`: there is. */
export function findProvider(document: Document, name: string): Refused | null {
  const names = namesAt(document, ["providers"]);
  if (names.includes(name)) return null;
  const meant = nearest(name, names);
  const list = names.slice(0, 20).map(quote).join(", ");
  const there = names.length === 0 ? "there are none" : `there are ${list}`;
  const hint = meant === undefined ? there : `did you mean ${quote(meant)}?`;
  return refuse(`there is no provider ${quote(name)}: ${hint}`);
}

/** Says why a secret is not written, and what to write in its place. */
export function inlineRefusal(path: readonly string[]): string {
  return (
    `${path.join(".")} would put a secret into the file, and it is now in your shell's history: ` +
    `write env:NAME or file:/path; --inline-key writes it all the same`
  );
}

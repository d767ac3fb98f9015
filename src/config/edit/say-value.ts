import { readReference, saysNoKey } from "../reference.ts";
import { quote, scrub } from "../show.ts";

const longest = 60;

/** A value as it may be shown: never a key, and not long. */
export function sayValue(path: readonly (string | number)[], value: unknown): string {
  if (value === undefined) return "nothing";
  if (path.includes("api_key")) return saySecret(value);
  if (path.includes("headers")) return "a value that is not shown";
  if (typeof value === "string") return quote(value);
  const text = scrub(JSON.stringify(value));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function saySecret(value: unknown): string {
  if (typeof value !== "string") return "no text";
  if (saysNoKey(value)) return "no key";
  const reference = readReference(value);
  switch (reference.from) {
    case "variable":
      return `the variable ${reference.name}`;
    case "file":
      return `the file ${scrub(reference.path)}`;
    case "placeholder":
      return "a placeholder";
    case "inline":
      return "a key that is not shown";
    case "nowhere":
      return "what names no key";
  }
}

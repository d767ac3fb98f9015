import type { Secret } from "../../secret.ts";
import { quote } from "../show.ts";

/** What may be shown of a setting; a text that is said as it is stands in a list of its own. */
export type Shown = string | number | boolean | null;

/** That a setting changed, in a sentence; nothing when it did not. */
export function change(what: string, was: Shown, is: Shown): readonly string[] {
  return was === is ? [] : [`${what} changed from ${say(was)} to ${say(is)}`];
}

/** A setting's value in words. */
export function say(value: Shown): string {
  if (typeof value !== "string") return value === null ? "none" : String(value);
  return /^[\d.]+ s$/u.test(value) ? value : quote(value);
}

/** Milliseconds as the file has them. */
export function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

/** Whether two values hold the same. */
export function same(was: unknown, is: unknown): boolean {
  return JSON.stringify(was) === JSON.stringify(is);
}

/** Whether two secrets are the same. */
export function sameSecret(was: Secret | undefined, is: Secret | undefined): boolean {
  return was?.reveal() === is?.reveal();
}

/** Which names of two tables are new, gone, or hold something else; values are not shown. */
export function compareNames<Value>(
  what: string,
  was: Readonly<Record<string, Value>>,
  is: Readonly<Record<string, Value>>,
  equal: (was: Value | undefined, is: Value | undefined) => boolean,
): readonly string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name) => {
    const place = `${what} ${quote(name)}`;
    if (!Object.hasOwn(was, name)) return [`${place} was added`];
    if (!Object.hasOwn(is, name)) return [`${place} was removed`];
    return equal(was[name], is[name]) ? [] : [`${place} changed`];
  });
}

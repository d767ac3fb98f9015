import type { Random } from "../ports.ts";

/** A string of hexadecimal digits. */
export function hexadecimal(random: Random, length: number): string {
  let digits = "";
  while (digits.length < length) digits += Math.floor(random.next() * 16).toString(16);
  return digits;
}

/** An identifier in the form of a UUID. */
export function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => hexadecimal(random, length)).join("-");
}

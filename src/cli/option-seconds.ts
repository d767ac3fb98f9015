import { InvalidArgumentError } from "commander";

/** An option's text as seconds. Throws commander's error for anything else. */
export function optionSeconds(text: string): number {
  const value = /^\d*\.?\d+$/u.test(text) ? Number(text) : 0;
  if (value >= 0.001 && value <= 86_400) return value;
  throw new InvalidArgumentError("Give seconds: above 0, at most 86400.");
}

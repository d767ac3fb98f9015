import type { Event } from "../../src/index.ts";
import { consequences, coolDownMaxMs } from "../../src/failure.ts";

/**
 * The longest that anything can still be left alone after these events, in milliseconds: what
 * vendors stated, what the table guesses at most, and the longest time a breaker opens for.
 */
export function longestRestMs(events: readonly Event[]): number {
  const rests = events.flatMap((event) => {
    if (event.type === "configuration-applied") return [event.policy.breaker.openMaxMs];
    if (event.type !== "attempt-end" || event.failure === null) return [];
    const { kind, retryAfterMs } = event.failure;
    const { coolDown } = consequences[kind];
    const guess = coolDown.by === "guess" ? (coolDown.doublingToMs ?? coolDown.ms) : 0;
    return [Math.min(coolDownMaxMs, Math.max(guess, retryAfterMs ?? 0))];
  });
  return Math.max(...rests);
}

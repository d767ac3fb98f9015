import type { Random } from "../ports.ts";

/** Which requests ask for a stream. */
export type Streams = "all" | "none" | "half";

/** One request of the load; `atMs` counts from the story's beginning. */
export type Arrival = { readonly atMs: number; readonly stream: boolean };

/** Of an answer from a provider that is well: from the request to the last byte. */
export const answerMs = { least: 1_000, most: 3_000 } as const;

/** Requests that come by chance and independently, `perSecond` on average (a Poisson process). */
export function* arrivals(
  { perSecond, durationMs, streams }: Load,
  random: Random,
): Generator<Arrival> {
  let atMs = 0;
  for (;;) {
    atMs += (-Math.log(1 - random.next()) / perSecond) * 1_000;
    if (atMs >= durationMs) return;
    const heads = random.next() < 0.5;
    yield { atMs, stream: streams === "all" || (streams === "half" && heads) };
  }
}

/** How much is asked, and for how long. */
export type Load = {
  readonly perSecond: number;
  readonly durationMs: number;
  readonly streams: Streams;
};

/** How long one answer takes a provider that is well. */
export function drawAnswerMs(random: Random): number {
  return answerMs.least + random.next() * (answerMs.most - answerMs.least);
}

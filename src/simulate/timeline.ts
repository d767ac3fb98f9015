import type { Happenings } from "./story.ts";

/** What a provider did in one stretch of time. */
export type Cell = {
  readonly answers: number;
  /** Of the answers of this stretch, from 0 to 1. */
  readonly share: number;
  readonly wasted: number;
  /** Whether it was left alone at the middle of the stretch. */
  readonly left: boolean;
};

/** A story in equal stretches of time. */
export type Timeline = {
  readonly stretchMs: number;
  readonly providers: Readonly<Record<string, readonly Cell[]>>;
  /** Requests that ended without an answer. */
  readonly failed: readonly number[];
  /** The longest that anybody waited who was told the end here, in milliseconds. */
  readonly longestMs: readonly number[];
};

/** Cuts a story into so many stretches; what happens is told where it ends. */
export function cutTimeline(
  story: Happenings,
  names: readonly string[],
  durationMs: number,
  count: number,
): Timeline {
  const stretchMs = durationMs / count;
  // The last answers come after the last request: they belong to the last stretch.
  const at = (ms: number) => Math.min(count - 1, Math.floor(ms / stretchMs));
  const zeros = () => Array.from({ length: count }, () => 0);
  const counts = new Map(names.map((name) => [name, { answers: zeros(), wasted: zeros() }]));
  const [answered, failed, longestMs] = [zeros(), zeros(), zeros()];
  for (const { provider, endMs, failure } of story.calls) {
    const mine = counts.get(provider);
    if (mine !== undefined) add(failure === null ? mine.answers : mine.wasted, at(endMs));
    if (failure === null) add(answered, at(endMs));
  }
  for (const { startMs, endMs, failure } of story.requests) {
    if (failure !== null) add(failed, at(endMs));
    longestMs[at(endMs)] = Math.max(longestMs[at(endMs)] ?? 0, endMs - startMs);
  }
  const cells = (name: string): readonly Cell[] =>
    zeros().map((_, index) => {
      const mine = counts.get(name);
      const answers = mine?.answers[index] ?? 0;
      const share = answers === 0 ? 0 : answers / (answered[index] ?? answers);
      const wasted = mine?.wasted[index] ?? 0;
      return { answers, share, wasted, left: isLeft(story, name, (index + 0.5) * stretchMs) };
    });
  const providers = Object.fromEntries(names.map((name) => [name, cells(name)] as const));
  return { stretchMs, providers, failed, longestMs };
}

function add(to: number[], index: number): void {
  to[index] = (to[index] ?? 0) + 1;
}

function isLeft({ absences }: Happenings, name: string, atMs: number): boolean {
  return absences.some(
    ({ provider, leftMs, returnedMs }) =>
      provider === name && leftMs <= atMs && atMs < (returnedMs ?? Infinity),
  );
}

import type { FailureKind } from "../index.ts";
import type { Outage } from "./outage.ts";
import type { Absence, Call, Happenings, Told } from "./story.ts";

/** How many of what kind. */
export type Kinds = Readonly<Partial<Record<FailureKind, number>>>;

/** The middle, the slow ones and the slowest, in milliseconds. */
export type Spread = {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

/** What became of some requests. */
export type RequestCounts = {
  readonly requests: number;
  readonly answered: number;
  readonly failed: Kinds;
  /** Of the failed ones: streams that broke off after their first content. */
  readonly brokenOff: number;
  /** Of the answered ones, to the whole answer; `null`: there are none. */
  readonly latencyMs: Spread | null;
  /** Of the answered streams. */
  readonly firstContentMs: Spread | null;
  /** The longest that anybody waited, for an answer or in vain. */
  readonly longestMs: number;
  /** Calls beyond each request's first: again at the same provider, and at another. */
  readonly repeats: number;
  readonly switches: number;
};

/** What one provider did. */
export type ProviderCounts = {
  readonly calls: number;
  readonly answers: number;
  /** Of all answers, from 0 to 1. */
  readonly share: number;
  /** Calls that gave no answer: paid for in time, and perhaps in money. */
  readonly wasted: number;
  readonly failed: Kinds;
  readonly absences: readonly Absence[];
};

/** An outage and what it came to; times in milliseconds. */
export type OutageCounts = Outage & {
  /** From its beginning until the provider was left; `null`: it was not. */
  readonly leftAfterMs: number | null;
  /** From its end to the first answer; `null`: there was none, or it does not end. */
  readonly backAfterMs: number | null;
  readonly wasted: number;
};

/** The numbers of a story. */
export type Summary = {
  readonly all: RequestCounts;
  /** Those that began while something was wrong; `null`: nothing ever was. */
  readonly during: RequestCounts | null;
  readonly providers: Readonly<Record<string, ProviderCounts>>;
  readonly outages: readonly OutageCounts[];
};

/** Counts what happened. */
export function summarize(
  story: Happenings,
  names: readonly string[],
  outages: readonly Outage[],
): Summary {
  const { requests, calls } = story;
  const isTroubled = ({ startMs }: { readonly startMs: number }) =>
    outages.some((one) => one.startMs <= startMs && startMs < (one.endMs ?? Infinity));
  const answers = calls.filter(({ failure }) => failure === null).length;
  return {
    all: countRequests(requests, calls),
    during:
      outages.length === 0
        ? null
        : countRequests(requests.filter(isTroubled), calls.filter(isTroubled)),
    providers: Object.fromEntries(
      names.map((name) => [name, countProvider(name, story, answers)] as const),
    ),
    outages: outages.map((outage) => countOutage(outage, story)),
  };
}

function countRequests(requests: readonly Told[], calls: readonly Call[]): RequestCounts {
  const answered = requests.filter(({ failure }) => failure === null);
  const streams = answered.flatMap(({ firstContentMs: ms }) => (ms === null ? [] : [ms]));
  const repeats = calls.filter(({ repeat }) => repeat).length;
  const beyond = requests.reduce((sum, one) => sum + Math.max(0, one.calls - 1), 0);
  return {
    requests: requests.length,
    answered: answered.length,
    failed: kindsOf(requests),
    brokenOff: requests.filter((one) => one.failure !== null && one.firstContentMs !== null).length,
    latencyMs: spreadOf(answered.map(tookMs)),
    firstContentMs: spreadOf(streams),
    longestMs: requests.reduce((longest, one) => Math.max(longest, tookMs(one)), 0),
    repeats,
    switches: Math.max(0, beyond - repeats),
  };
}

function countProvider(name: string, story: Happenings, answersOfAll: number): ProviderCounts {
  const mine = story.calls.filter(({ provider }) => provider === name);
  const answers = mine.filter(({ failure }) => failure === null).length;
  return {
    calls: mine.length,
    answers,
    share: answersOfAll === 0 ? 0 : answers / answersOfAll,
    wasted: mine.length - answers,
    failed: kindsOf(mine),
    absences: story.absences.filter(({ provider }) => provider === name),
  };
}

function countOutage(outage: Outage, { calls, absences }: Happenings): OutageCounts {
  const { provider, startMs, endMs } = outage;
  const mine = calls.filter((call) => call.provider === provider);
  const ends = endMs ?? Infinity;
  const left = absences.find(
    (one) => one.provider === provider && one.leftMs >= startMs && one.leftMs < ends,
  );
  const back = mine.find((call) => call.failure === null && call.startMs >= ends);
  const lost = mine.filter(
    (call) => call.failure !== null && call.startMs >= startMs && call.startMs < ends,
  );
  return {
    ...outage,
    leftAfterMs: left === undefined ? null : left.leftMs - startMs,
    backAfterMs: back === undefined ? null : back.endMs - ends,
    wasted: lost.length,
  };
}

function kindsOf(from: readonly { readonly failure: FailureKind | null }[]): Kinds {
  const kinds: Partial<Record<FailureKind, number>> = {};
  for (const { failure } of from) {
    if (failure !== null) kinds[failure] = (kinds[failure] ?? 0) + 1;
  }
  return kinds;
}

function tookMs({ startMs, endMs }: Told): number {
  return endMs - startMs;
}

function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const max = sorted.at(-1);
  return max === undefined ? null : { p50: at(0.5), p95: at(0.95), p99: at(0.99), max };
}

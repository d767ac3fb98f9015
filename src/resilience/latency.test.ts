import { expect, test } from "vitest";
import type { Measurement } from "./latency.ts";
import type { FailureKind } from "../failure.ts";
import { latencyAfter, noLatency, paceAt, quantilesOf, withLatency } from "./latency.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const measured = (times: readonly (number | null)[]): readonly Measurement[] =>
  times.map((ms, at) => ({ at, ms }));

function endOf(kind: FailureKind) {
  const failure = { kind, message: "in a test" };
  return { at: 61, durationMs: 5, failure };
}

test("who leaves, or asks wrongly, says nothing of a provider", () => {
  expect(latencyAfter(noLatency, endOf("aborted"))).toEqual(noLatency);
  expect(latencyAfter(noLatency, endOf("bad_request"))).toEqual(noLatency);
  expect(latencyAfter(noLatency, { ...endOf("server"), failure: null })).toEqual({
    firstContent: [],
    whole: [{ at: 61, ms: 5 }],
  });
});

test("there is no quantile of nothing", () => {
  expect(quantilesOf([])).toBeNull();
  expect(quantilesOf(measured([null]))).toBeNull();
});

test.each([
  [[7], { p50: 7, p95: 7 }],
  [[9, 1], { p50: 1, p95: 9 }],
  [[null, 9, null, 1, null], { p50: 1, p95: 9 }],
  [upTo(20).toReversed(), { p50: 10, p95: 19 }],
  [upTo(50), { p50: 25, p95: 48 }],
])("%j", (times, quantiles) => {
  expect(quantilesOf(measured(times))).toEqual(quantiles);
});

test("the last 50 are remembered, each kind by itself", () => {
  const latency = measured(upTo(60)).reduce(
    (so, measurement) => withLatency(so, "whole", measurement),
    noLatency,
  );
  expect(latency.whole.map(({ ms }) => ms)).toEqual(upTo(60).slice(10));
  expect(latency.firstContent).toEqual([]);
  const { whole, firstContent } = latencyAfter(latency, endOf("server"));
  expect(whole).toHaveLength(50);
  expect([whole.at(-1), firstContent.at(-1)]).toEqual([
    { at: 61, ms: null },
    { at: 61, ms: null },
  ]);
});

test.each<[readonly (number | null)[], number | null]>([
  [[], null],
  [[300], 300],
  [[null], Infinity],
  [[100, null], 100],
  [[100, null, null], Infinity],
  // Ten of the latest say how fast it is now.
  [[...upTo(40).map(() => 100), ...upTo(5).map(() => 900), ...upTo(5).map(() => 100)], 100],
  [[...upTo(40).map(() => 100), ...upTo(6).map(() => 900), ...upTo(4).map(() => 100)], 900],
])("the pace of %j", (times, pace) => {
  expect(paceAt(measured(times), 60)).toBe(pace);
});

test("what is older than ten minutes says nothing any more", () => {
  const old = [
    { at: 0, ms: 100 },
    { at: 60_000, ms: 700 },
  ];
  expect(paceAt(old, 599_999)).toBe(100);
  expect(paceAt(old, 600_000)).toBe(700);
  expect(paceAt(old, 660_000)).toBeNull();
});

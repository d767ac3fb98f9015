import { expect, test } from "vitest";
import { noLatency, quantilesOf, withLatency } from "./latency.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test("there is no quantile of nothing", () => {
  expect(quantilesOf([])).toBeNull();
});

test.each([
  [[7], { p50: 7, p95: 7 }],
  [[9, 1], { p50: 1, p95: 9 }],
  [upTo(20).toReversed(), { p50: 10, p95: 19 }],
  [upTo(50), { p50: 25, p95: 48 }],
])("%j", (times, quantiles) => {
  expect(quantilesOf(times)).toEqual(quantiles);
});

test("the last 50 are remembered, each kind by itself", () => {
  const latency = upTo(60).reduce((so, ms) => withLatency(so, "whole", ms), noLatency);
  expect(latency.whole).toEqual(upTo(60).slice(10));
  expect(latency.firstContent).toEqual([]);
});

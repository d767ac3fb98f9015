import fc from "fast-check";
import { expect, test } from "vitest";
import type { Window } from "./window.ts";
import { countsOf, emptyWindow, withOutcome } from "./window.ts";

const spanMs = 60_000;
const slot = (at: number) => Math.floor(at / (spanMs / 10));

test("it counts what a list of everything that happened would", () => {
  const step = fc.record({ gap: fc.integer({ min: 0, max: 90_000 }), bad: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), fc.nat(90_000), (steps, later) => {
      let window: Window = emptyWindow;
      const history: { at: number; bad: boolean }[] = [];
      let now = 1_000_000;
      for (const { gap, bad } of steps) {
        now += gap;
        history.push({ at: now, bad });
        window = withOutcome(window, now, bad, spanMs);
      }
      now += later;
      const recent = history.filter(({ at }) => slot(at) > slot(now) - 10);
      const bad = recent.filter((one) => one.bad).length;
      expect(countsOf(window, now, spanMs)).toEqual({ good: recent.length - bad, bad });
      expect(window.length).toBeLessThanOrEqual(10);
    }),
  );
});

test("a clock that jumps back loses nothing and makes nothing up", () => {
  const window = withOutcome(withOutcome(emptyWindow, 500_000, true, spanMs), 1_000, false, spanMs);
  expect(countsOf(window, 500_000, spanMs)).toEqual({ good: 1, bad: 1 });
});

test("a machine that slept finds an empty window, not an old one", () => {
  const window = withOutcome(emptyWindow, 0, true, spanMs);
  expect(countsOf(window, 3_600_000, spanMs)).toEqual({ good: 0, bad: 0 });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultHealthPolicy } from "../health-policy.ts";
import type { Breaker, Outcome } from "./breaker.ts";
import { closedBreaker, withCommit, withEnd, withStart } from "./breaker.ts";

const policy = defaultHealthPolicy.breaker;

function after(outcomes: readonly (readonly [Outcome, number])[], from = closedBreaker): Breaker {
  return outcomes.reduce(
    (breaker, [outcome, at], index) =>
      withEnd(breaker, `other#${index}`, { outcome, at, chance: 0 }, policy),
    from,
  );
}

const bad = (count: number, at = 0) => Array.from({ length: count }, () => ["bad", at] as const);

function opened(times = 1): Extract<Breaker, { state: "open" }> {
  let breaker = after(bad(5));
  for (let again = 1; again < times; again += 1) {
    if (breaker.state !== "open") throw new Error("closed");
    const at = breaker.until;
    const probing = withStart(breaker, "probe");
    breaker = withEnd(probing, "probe", { outcome: "bad", at, chance: 0 }, policy);
  }
  if (breaker.state !== "open") throw new Error("closed");
  return breaker;
}

describe("it opens", () => {
  test("after five failures in a row, not after four", () => {
    expect(after(bad(4)).state).toBe("closed");
    expect(after(bad(5))).toMatchObject({ state: "open", until: 30_000, opened: 1 });
  });

  test("a good one between begins the run anew", () => {
    expect(after([...bad(4), ["good", 0], ...bad(4)]).state).toBe("closed");
  });

  test("when half of at least ten within the window failed", () => {
    const mixed = Array.from({ length: 5 }, () => [
      ["good", 0] as const,
      ["bad", 0] as const,
    ]).flat();
    expect(after(mixed.slice(0, 9)).state).toBe("closed");
    expect(after(mixed).state).toBe("open");
  });

  test("not for what is older than the window", () => {
    const old = Array.from({ length: 9 }, (_, index) =>
      index % 2 === 0 ? (["good", 0] as const) : (["bad", 0] as const),
    );
    expect(after([...old, ["bad", 61_000]]).state).toBe("closed");
  });

  test("never for what says nothing", () => {
    expect(after(Array.from({ length: 50 }, () => ["nothing", 0] as const))).toEqual(closedBreaker);
  });
});

describe("once open", () => {
  test("its time doubles with each failed probe, up to ten minutes", () => {
    const times = Array.from({ length: 7 }, (_, index) => {
      const { since, until } = opened(index + 1);
      return (until - since) / 1_000;
    });
    expect(times).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  test("one attempt is the probe, and its success closes", () => {
    const probing = withStart(withStart(opened(), "probe"), "second");
    expect(probing).toMatchObject({ probe: "probe" });
    const closed = withEnd(probing, "probe", { outcome: "good", at: 31_000, chance: 0 }, policy);
    expect(closed).toEqual(closedBreaker);
  });

  test.each(["good", "bad"] as const)("a straggler that ends %s changes nothing", (outcome) => {
    const open = opened();
    expect(withEnd(open, "straggler", { outcome, at: 1, chance: 0 }, policy)).toBe(open);
  });

  test("a probe that says nothing gives its place back", () => {
    const probing = withStart(opened(), "probe");
    const end = { outcome: "nothing", at: 31_000, chance: 0 } as const;
    expect(withEnd(probing, "probe", end, policy)).toMatchObject({ state: "open", probe: null });
  });

  test("a probe's first content lets the others in, on trial", () => {
    const trial = withCommit(withStart(opened(), "probe"), "probe", policy);
    expect(trial.state).toBe("closed");
    const broken = withEnd(trial, "probe", { outcome: "bad", at: 40_000, chance: 0 }, policy);
    expect(broken).toMatchObject({ state: "open", until: 100_000, opened: 2 });
    const whole = withEnd(trial, "probe", { outcome: "good", at: 40_000, chance: 0 }, policy);
    expect(whole).toMatchObject({ state: "closed", run: 0, opened: 0 });
  });
});

/** The same in the plainest words: a list of everything that ever happened. */
function naive(history: readonly { outcome: Outcome; at: number }[], now: number): boolean {
  let run = 0;
  for (const { outcome } of history) {
    if (outcome === "bad") run += 1;
    if (outcome === "good") run = 0;
  }
  const slot = (at: number) => Math.floor(at / 6_000);
  const recent = history.filter(
    ({ outcome, at }) => outcome !== "nothing" && slot(at) > slot(now) - 10,
  );
  const failures = recent.filter(({ outcome }) => outcome === "bad").length;
  return run >= 5 || (recent.length >= 10 && failures * 2 >= recent.length);
}

test("it opens exactly when a naive model would", () => {
  const outcome = fc.constantFrom<Outcome>("good", "good", "bad", "nothing");
  const step = fc.record({ outcome, after: fc.integer({ min: 0, max: 20_000 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let breaker: Breaker = closedBreaker;
      const history: { outcome: Outcome; at: number }[] = [];
      let at = 0;
      for (const next of steps) {
        at += next.after;
        history.push({ outcome: next.outcome, at });
        breaker = withEnd(breaker, "one", { outcome: next.outcome, at, chance: 0 }, policy);
        const trips = next.outcome === "bad" && naive(history, at);
        expect(breaker.state).toBe(trips ? "open" : "closed");
        if (trips) return;
      }
    }),
  );
});

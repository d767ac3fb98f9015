import fc from "fast-check";
import { expect, test } from "vitest";
import { balanceAt, fullBudget, withDeposit, withWithdrawal } from "./budget.ts";

const policy = { ratio: 0.2, perSecond: 10 };

test("begins full, and never holds more", () => {
  const budget = fullBudget(policy, 0);
  expect(balanceAt(budget, 0, policy)).toBe(200);
  expect(balanceAt(withDeposit(budget, 1_000, policy), 1_000, policy)).toBe(200);
});

test("time puts in the floor, requests their share, repeats take one", () => {
  let budget = fullBudget(policy, 0);
  for (let repeat = 0; repeat < 100; repeat += 1) budget = withWithdrawal(budget, 0, policy);
  expect(balanceAt(budget, 0, policy)).toBe(100);
  expect(balanceAt(budget, 1_000, policy)).toBe(110);
  expect(balanceAt(withDeposit(budget, 0, policy), 0, policy)).toBeCloseTo(100.2);
});

test("a clock that jumps back gives nothing and takes nothing", () => {
  const budget = withWithdrawal(fullBudget(policy, 10_000), 10_000, policy);
  expect(balanceAt(budget, 0, policy)).toBe(199);
  expect(withDeposit(budget, 0, policy).at).toBe(10_000);
});

test("repeats never exceed the start, the shares and the floor together", () => {
  const act = fc.record({
    repeat: fc.boolean(),
    after: fc.integer({ min: 0, max: 500 }),
  });
  const policies = fc.record({
    ratio: fc.double({ min: 0, max: 1, noNaN: true }),
    perSecond: fc.double({ min: 0, max: 20, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 400 }), policies, (acts, drawn) => {
      let now = 0;
      let budget = fullBudget(drawn, now);
      const start = balanceAt(budget, now, drawn);
      let requests = 0;
      let repeats = 0;
      for (const { repeat, after } of acts) {
        now += after;
        if (repeat && balanceAt(budget, now, drawn) >= 1) {
          budget = withWithdrawal(budget, now, drawn);
          repeats += 1;
        } else if (!repeat) {
          budget = withDeposit(budget, now, drawn);
          requests += 1;
        }
      }
      const most = start + requests * drawn.ratio + (now / 1_000) * drawn.perSecond;
      expect(repeats).toBeLessThanOrEqual(most + 1e-6);
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Failure, FailureKind } from "../failure.ts";
import { coolDownMaxMs } from "../failure.ts";
import type { CoolDown } from "./cooldown.ts";
import { coolDownAbandoned, coolDownAfter } from "./cooldown.ts";

const kinds = ["rate_limited", "quota", "auth", "model_not_found", "server", "network"] as const;

const strikes = fc.array(
  fc.record({
    kind: fc.constantFrom<FailureKind>(...kinds),
    stated: fc.option(fc.integer({ min: 1, max: 200_000_000 }), { nil: null }),
    gap: fc.integer({ min: 0, max: 400_000 }),
    lasted: fc.integer({ min: 0, max: 60_000 }),
    retries: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

const guessMs: Partial<Record<FailureKind, number>> = {
  rate_limited: 30_000,
  quota: 3_600_000,
  auth: 300_000,
  model_not_found: 300_000,
};

test("a scope is never open to anybody before a stated time, and never closed beyond a day", () => {
  fc.assert(
    fc.property(strikes, (list) => {
      let now = 1_000_000;
      let coolDown: CoolDown | undefined;
      // The naive model: every stated time is kept, however long ago it was stated.
      let stated = 0;
      for (const { kind, stated: ms, gap, lasted, retries } of list) {
        now += gap;
        const failure: Failure = {
          kind,
          message: kind,
          ...(ms === null ? {} : { retryAfterMs: ms }),
        };
        if (ms !== null) stated = Math.max(stated, now + Math.min(ms, coolDownMaxMs));
        const before = coolDown?.until ?? 0;
        const retryAt = retries ? now + 1_500 : null;
        coolDown = coolDownAfter(coolDown, { failure, startedAt: now - lasted, at: now, retryAt });
        expect(coolDown?.until ?? 0).toBeGreaterThanOrEqual(stated > now ? stated : 0);
        expect(coolDown?.until ?? 0).toBeGreaterThanOrEqual(before);
        expect((coolDown?.until ?? now) - Math.max(now, before)).toBeLessThanOrEqual(coolDownMaxMs);
      }
    }),
  );
});

test("a guess alone lasts as its kind says, from the failure, once the request has left", () => {
  const kind = fc.constantFrom<FailureKind>("rate_limited", "quota", "auth", "model_not_found");
  fc.assert(
    fc.property(kind, fc.integer({ min: 0, max: 5_000 }), (drawn, waitMs) => {
      const failure: Failure = { kind: drawn, message: drawn };
      const strike = { failure, startedAt: 0, at: 10, retryAt: 10 + waitMs };
      const trying = coolDownAfter(undefined, strike);
      expect(trying?.until).toBe(10 + waitMs);
      if (trying === undefined) return;
      const left = coolDownAbandoned(trying, failure, 10);
      expect(left.until).toBe(10 + (guessMs[drawn] ?? 0));
    }),
  );
});

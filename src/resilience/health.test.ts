import { describe, expect, test } from "vitest";
import { sampleProvider } from "../../test/samples.ts";
import type { Event } from "../event.ts";
import { defaultHealthPolicy } from "../health-policy.ts";
import type { Failure, FailureKind } from "../failure.ts";
import type { Health } from "./health.ts";
import { emptyHealth, learn, providerHealth } from "./health.ts";
import { readiness } from "./readiness.ts";

const provider = sampleProvider("first");
const about = { provider: provider.name, identity: provider.identity };

function failing(kind: FailureKind, more: Partial<Failure> = {}): Failure {
  return { kind, message: kind, ...more };
}

/** An attempt as two events. */
function attempted(
  request: string,
  startedAt: number,
  at: number,
  failure: Failure | null,
  retryAt: number | null = null,
): readonly Event[] {
  const one = { request, route: "default", attempt: 1, ...about };
  const end = {
    type: "attempt-end",
    requestId: null,
    usage: null,
    cost: null,
    chance: 0,
    estimatedTokens: 1,
  } as const;
  return [
    {
      type: "attempt-start",
      at: startedAt,
      model: provider.model,
      limitMs: 1,
      repeat: false,
      estimatedTokens: 1,
      ...one,
    },
    { ...end, at, durationMs: at - startedAt, failure, retryAt, ...one },
  ];
}

const after = (...events: readonly (readonly Event[])[]): Health =>
  events.flat().reduce(learn, emptyHealth);
const until = (health: Health, now: number) => {
  const ready = readiness(health, provider, now);
  return ready.state === "cooling" ? ready.until : ready.state;
};

describe("cool-downs by kind", () => {
  test.each([
    ["quota", 3_600_000],
    ["auth", 300_000],
    ["model_not_found", 300_000],
    ["rate_limited", 30_000],
  ] as const)("%s is guessed at %d ms", (kind, ms) => {
    expect(until(after(attempted("a", 0, 0, failing(kind))), 0)).toBe(ms);
  });

  test.each(["network", "timeout", "server", "overloaded", "malformed"] as const)(
    "%s is the breaker's, unless a time was stated",
    (kind) => {
      expect(until(after(attempted("a", 0, 0, failing(kind))), 0)).toBe("ready");
      const stated = failing(kind, { retryAfterMs: 7_000 });
      expect(until(after(attempted("a", 0, 0, stated)), 0)).toBe(7_000);
    },
  );

  test.each(["context_length", "content_filtered", "bad_request", "aborted"] as const)(
    "%s cools nothing, whatever was stated",
    (kind) => {
      const stated = failing(kind, { retryAfterMs: 7_000 });
      expect(until(after(attempted("a", 0, 0, stated)), 0)).toBe("ready");
    },
  );
});

describe("how long", () => {
  const limited = failing("rate_limited");
  const stated = (ms: number) => failing("rate_limited", { retryAfterMs: ms });

  test("a stated time beats a guess, and neither shortens an earlier one", () => {
    expect(until(after(attempted("a", 0, 0, stated(90_000))), 0)).toBe(90_000);
    const both = after(attempted("a", 0, 0, stated(90_000)), attempted("b", 0, 1, limited));
    expect(until(both, 1)).toBe(90_000);
    const shorter = after(
      attempted("a", 0, 0, stated(90_000)),
      attempted("b", 0, 1, stated(1_000)),
    );
    expect(until(shorter, 1)).toBe(90_000);
    const longer = after(attempted("a", 0, 0, limited), attempted("b", 0, 1, stated(90_000)));
    expect(until(longer, 1)).toBe(90_001);
  });

  test("a guess never moves a stated time", () => {
    const both = after(attempted("a", 0, 0, stated(5_000)), attempted("b", 0, 1, limited));
    expect(until(both, 1)).toBe(5_000);
  });

  test("nothing lasts longer than a day", () => {
    expect(until(after(attempted("a", 0, 0, stated(10 ** 12))), 0)).toBe(86_400_000);
  });

  test("a guess stays short while the request means to try again, and grows when it leaves", () => {
    const trying = after(attempted("a", 0, 0, limited, 1_500));
    expect(until(trying, 0)).toBe(1_500);
    const left = { at: 1_500, request: "a", failure: limited, failedAt: 0, ...about };
    const abandoned: Event = { type: "attempt-abandoned", ...left };
    expect(until(learn(trying, abandoned), 1_500)).toBe(30_000);
  });

  test("auth doubles with each failed probe, up to an hour", () => {
    let health = emptyHealth;
    let now = 0;
    const lengths: number[] = [];
    for (let probe = 0; probe < 6; probe += 1) {
      health = attempted(`p${probe}`, now, now, failing("auth")).reduce(learn, health);
      const end = until(health, now);
      if (typeof end !== "number") throw new Error("not cooling");
      lengths.push((end - now) / 60_000);
      now = end;
    }
    expect(lengths).toEqual([5, 10, 20, 40, 60, 60]);
  });

  test("a straggler that began before is no failed probe", () => {
    const auth = failing("auth");
    const health = after(attempted("a", 0, 10, auth), attempted("b", 0, 20, auth));
    expect(until(health, 20)).toBe(300_020);
  });
});

describe("probes", () => {
  const limited = failing("rate_limited", { retryAfterMs: 1_000 });
  const [probeStart] = attempted("probe", 1_000, 2_000, null);
  if (probeStart === undefined) throw new Error("no start");

  test("after its time one attempt probes, the others wait", () => {
    const health = learn(after(attempted("a", 0, 0, limited)), probeStart);
    expect(until(health, 1_000)).toBe("probing");
  });

  test("a success clears it, at the first content already", () => {
    const probing = learn(after(attempted("a", 0, 0, limited)), probeStart);
    const probe = { request: "probe", route: "default", attempt: 1 };
    const commit = { at: 1_500, ...probe, firstContentMs: 500, ...about };
    expect(until(learn(probing, { type: "attempt-commit", ...commit }), 1_500)).toBe("ready");
    const health = attempted("probe", 1_000, 2_000, null).reduce(
      learn,
      after(attempted("a", 0, 0, limited)),
    );
    expect(until(health, 2_000)).toBe("ready");
    expect(health.coolDowns.size).toBe(0);
  });

  test("a success that began before the cool-down was over clears nothing", () => {
    const health = after(attempted("a", 0, 0, limited), attempted("b", 0, 500, null));
    expect(until(health, 500)).toBe(1_000);
  });

  test.each(["aborted", "server", "rate_limited"] as const)(
    "the place is given back when the probe ends in %s",
    (kind) => {
      const health = attempted("probe", 1_000, 1_100, failing(kind)).reduce(
        learn,
        after(attempted("a", 0, 0, limited)),
      );
      const later = 200_000;
      expect(until(health, later)).toBe("ready");
    },
  );
});

describe("scopes", () => {
  const on = (kind: FailureKind, more: Partial<Failure> = {}) =>
    after(attempted("a", 0, 0, failing(kind, more)));
  const sameAccount = { account: provider.identity.account };

  test("an account's limit is shared by another key of it on the same model, not by others", () => {
    const twin = sampleProvider("twin", {
      identity: {
        ...sampleProvider("twin").identity,
        ...sameAccount,
        account_model: provider.identity.account_model,
      },
    });
    expect(readiness(on("rate_limited"), twin, 0).state).toBe("cooling");
    const otherModel = sampleProvider("other", {
      identity: { ...sampleProvider("other").identity, ...sameAccount },
    });
    expect(readiness(on("rate_limited"), otherModel, 0).state).toBe("ready");
    expect(readiness(on("quota"), otherModel, 0).state).toBe("cooling");
  });

  test("a vendor's table may name another scope", () => {
    const health = on("quota", { scope: "account_model" });
    expect([...health.coolDowns.keys()]).toEqual([provider.identity.account_model]);
  });
});

describe("the configuration", () => {
  const applied = (fresh: boolean, identity = provider.identity): Event => {
    const providers = [{ name: provider.name, identity }];
    const facts = { at: 1, version: 2, hash: "h", warnings: [], changes: [], fresh, providers };
    const policy = defaultHealthPolicy;
    return { type: "configuration-applied", ...facts, policy };
  };

  test("an explicit reload forgets what concerns an identity, and nothing else", () => {
    const cooled = after(
      attempted("a", 0, 0, failing("auth")),
      attempted("b", 0, 0, failing("rate_limited")),
    );
    const health = learn(cooled, applied(true));
    expect([...health.coolDowns.values()].map(({ failure }) => failure.kind)).toEqual([
      "rate_limited",
    ]);
  });

  test("a changed key starts clean, an unchanged one carries over", () => {
    const cooled = after(attempted("a", 0, 0, failing("auth")));
    expect(learn(cooled, applied(false)).coolDowns.size).toBe(1);
    const changed = { ...provider.identity, key: "another" };
    expect(learn(cooled, applied(false, changed)).coolDowns.size).toBe(0);
  });

  test("what ends after a reload says nothing of a provider that is made otherwise now", () => {
    const attempts = ["a", "b", "c", "d", "e", "f"].map((name) =>
      attempted(name, 0, 2, name === "f" ? null : failing("server")),
    );
    const starts = attempts.flatMap((events) => events.slice(0, 1));
    const ends = attempts.flatMap((events) => events.slice(1)).toReversed();
    const seen = (identity: typeof provider.identity) =>
      providerHealth(after(starts, [applied(false, identity)], ends), "first");
    expect(seen(provider.identity)).toMatchObject({ inFlight: 0, answers: 1, failures: 5 });
    expect(seen(provider.identity).breaker.state).toBe("open");
    const changed = seen({ ...provider.identity, key: "another" });
    expect(changed).toMatchObject({ inFlight: 0, answers: 0, failures: 0, lastFailure: null });
    expect(changed.breaker.state).toBe("closed");
    expect(changed.latency.whole).toEqual(providerHealth(emptyHealth, "first").latency.whole);
  });
});

test("counts: an abort is nobody's failure", () => {
  const health = after(
    attempted("a", 0, 1, null),
    attempted("b", 0, 1, failing("server")),
    attempted("c", 0, 1, failing("aborted")),
  );
  expect(providerHealth(health, "first")).toMatchObject({
    attempts: 3,
    answers: 1,
    failures: 1,
    inFlight: 0,
    lastFailure: { failure: { kind: "server" }, at: 1 },
  });
});

import { describe, expect, test } from "vitest";
import { samplePolicy, sampleProvider } from "../../test/samples.ts";
import type { Failure, FailureKind } from "../failure.ts";
import { backoffMs } from "../resilience/backoff.ts";
import type { Health } from "../resilience/health.ts";
import { emptyHealth } from "../resilience/health.ts";
import type { Policy, Provider } from "../snapshot.ts";
import { nextStep } from "./next-step.ts";
import type { Progress } from "./progress.ts";
import { beginProgress, withFailure } from "./progress.ts";

const first = sampleProvider("first");
const second = sampleProvider("second");
const third = sampleProvider("third");

function begin(providers: readonly Provider[], policy: Partial<Policy> = {}): Progress {
  const asked = { policy: { ...samplePolicy, ...policy }, stream: false, timeoutMs: null };
  return beginProgress({ providers, ...asked }, emptyHealth, 0);
}

type Made = { readonly provider: string; readonly limitMs: number; readonly at: number };

/** Plays a request whose every attempt fails after `lasts` (or at its limit). */
function play(
  begun: Progress,
  fail: (provider: Provider, limitMs: number) => { failure: Failure; lasts: number },
  { health = emptyHealth, chance = 0.5 }: { health?: Health; chance?: number } = {},
): { made: readonly Made[]; end: Failure } {
  const made: Made[] = [];
  let progress = begun;
  let now = 0;
  for (;;) {
    const step = nextStep(progress, health, now);
    if (step.do === "stop") return { made, end: step.failure };
    if (step.do === "wait") {
      now = step.until;
      continue;
    }
    const { provider, limitMs } = step;
    made.push({ provider: provider.name, limitMs, at: now });
    const { failure, lasts } = fail(provider, limitMs);
    now += lasts;
    const count = (progress.tries.get(provider.name)?.length ?? 0) + 1;
    const waitMs = failure.retryAfterMs ?? backoffMs(progress.policy.backoff, count, chance);
    progress = withFailure(progress, provider, { failure, at: now, waitMs });
  }
}

function failing(kind: FailureKind, more: Partial<Failure> = {}): Failure {
  return { kind, message: `${kind} in a test`, ...more };
}

const atOnce =
  (kind: FailureKind, more: Partial<Failure> = {}) =>
  () => ({
    failure: failing(kind, more),
    lasts: 0,
  });
const slowly = (_: Provider, limitMs: number) => ({ failure: failing("server"), lasts: limitMs });
const names = (made: readonly Made[]) => made.map(({ provider }) => provider);
const limits = (made: readonly Made[]) => made.map(({ limitMs }) => Math.round(limitMs / 100) / 10);

describe("time: a share is kept for providers not yet tried", () => {
  test.each([
    [120, ["first", "first", "first", "second"], [30, 30, 26, 30]],
    [60, ["first", "second"], [30, 30]],
    [10, ["first", "second"], [5, 5]],
  ])("a deadline of %d s", (seconds, order, times) => {
    const { made, end } = play(begin([first, second], { deadlineMs: seconds * 1000 }), slowly);
    expect(names(made).slice(0, order.length)).toEqual(order);
    expect(limits(made).slice(0, times.length)).toEqual(times);
    expect(made.every(({ at, limitMs }) => at + limitMs <= seconds * 1000)).toBe(true);
    expect(end.kind).toBe("deadline");
  });

  test("every provider of three has its turn even when all of them hang", () => {
    const { made } = play(begin([first, second, third], { deadlineMs: 20_000 }), slowly);
    expect(names(made)).toEqual(["first", "second", "third"]);
  });

  test("a stream counts only up to its first content", () => {
    const begun = { ...begin([first], { deadlineMs: 5_000 }), stream: true };
    expect(nextStep(begun, emptyHealth, 0)).toMatchObject({ do: "attempt", limitMs: 5_000 });
  });
});

describe("the default: the same provider again, then the next in a circle", () => {
  test("waits 2^attempt + U(0,1) s between tries", () => {
    const { made } = play(begin([first]), atOnce("server"));
    expect(made.map(({ at }) => at)).toEqual([0, 1_500, 4_000]);
  });

  test("each provider in its turn until all tries are used up", () => {
    const { made, end } = play(begin([first, second]), atOnce("server"));
    expect(names(made)).toEqual(["first", "first", "first", "second", "second", "second"]);
    expect(end.kind).toBe("server");
  });

  test.each([
    ["network", 3],
    ["timeout", 2],
    ["server", 3],
    ["overloaded", 3],
    ["rate_limited", 3],
    ["quota", 1],
    ["auth", 1],
    ["model_not_found", 1],
    ["malformed", 2],
    ["context_length", 1],
    ["content_filtered", 1],
    ["bad_request", 1],
  ] as const)("%s allows %d tries at one provider", (kind, count) => {
    const { made, end } = play(begin([first]), atOnce(kind));
    expect(made).toHaveLength(count);
    expect(end.kind).toBe(kind);
  });

  test("never more attempts than max_attempts", () => {
    const { made } = play(begin([first, second], { maxAttempts: 4 }), atOnce("server"));
    expect(made).toHaveLength(4);
  });
});

describe("stated waits", () => {
  test("up to 5 s are waited for", () => {
    const { made } = play(begin([first, second]), atOnce("rate_limited", { retryAfterMs: 1_000 }));
    expect(names(made).slice(0, 2)).toEqual(["first", "first"]);
    expect(made[1]?.at).toBe(1_000);
  });

  test("longer ones send the request to the next provider, and back if nobody else can", () => {
    const { made } = play(begin([first, second], { deadlineMs: 60_000 }), (provider) =>
      provider === first
        ? { failure: failing("rate_limited", { retryAfterMs: 20_000 }), lasts: 0 }
        : { failure: failing("auth"), lasts: 0 },
    );
    expect(made.map(({ provider, at }) => [provider, at])).toEqual([
      ["first", 0],
      ["second", 0],
      ["first", 20_000],
      ["first", 40_000],
    ]);
  });

  test("one beyond the deadline is not slept through", () => {
    const stated = atOnce("rate_limited", { retryAfterMs: 300_000 });
    const { made, end } = play(begin([first]), stated);
    expect(made).toHaveLength(1);
    expect(end).toMatchObject({ kind: "rate_limited", retryAfterMs: 300_000 });
  });
});

test("switch_first: the next usable provider now, back only when all had their turn", () => {
  const { made } = play(begin([first, second], { retry: "switch_first" }), atOnce("server"));
  expect(names(made).slice(0, 4)).toEqual(["first", "second", "first", "second"]);
  expect(made[1]?.at).toBe(0);
  expect(made[2]?.at).toBe(1_500);
});

describe("failures that limit where to go", () => {
  test("bad_request goes once to another vendor or model; the first refusal is told", () => {
    const twin = sampleProvider("twin", { model: first.model });
    const { made, end } = play(begin([first, twin, second, third]), (provider) => ({
      failure: failing("bad_request", { message: `refused by ${provider.name}` }),
      lasts: 0,
    }));
    expect(names(made)).toEqual(["first", "second"]);
    expect(end.message).toBe("refused by first");
  });

  test("context_length goes only to a larger window", () => {
    const small = sampleProvider("small", { contextWindow: 8_000 });
    const smaller = sampleProvider("smaller", { contextWindow: 4_000 });
    const large = sampleProvider("large", { contextWindow: 128_000 });
    const { made } = play(begin([small, smaller, second, large]), atOnce("context_length"));
    expect(names(made)).toEqual(["small", "large"]);
  });

  test("content_filtered stops, unless the policy says next", () => {
    expect(play(begin([first, second]), atOnce("content_filtered")).made).toHaveLength(1);
    const open = begin([first, second], { onContentFiltered: "next" });
    expect(names(play(open, atOnce("content_filtered")).made)).toEqual(["first", "second"]);
  });
});

function cooling(provider: Provider, until: number): Health {
  const coolDown = {
    failure: failing("quota"),
    since: 0,
    until,
    provenance: "stated",
    failedProbes: 0,
    probe: null,
  } as const;
  return { ...emptyHealth, coolDowns: new Map([[provider.identity.account, coolDown]]) };
}

describe("cool-downs from earlier requests", () => {
  test("a cooled provider is passed over", () => {
    const { made } = play(begin([first, second]), atOnce("auth"), {
      health: cooling(first, 500_000),
    });
    expect(names(made)).toEqual(["second"]);
  });

  test("nobody can be asked: unavailable at once, with the soonest recovery", () => {
    const { made, end } = play(begin([first]), atOnce("auth"), { health: cooling(first, 60_000) });
    expect(made).toEqual([]);
    expect(end).toMatchObject({ kind: "unavailable", retryAfterMs: 60_000 });
    expect(end.unusable).toEqual([
      { provider: "first", reason: "quota, for another 60 s", until: 60_000 },
    ]);
  });

  test("a short one is waited for when nobody else can be asked", () => {
    const { made } = play(begin([first]), atOnce("auth"), { health: cooling(first, 3_000) });
    expect(made.map(({ at }) => at)).toEqual([3_000]);
  });

  test("after its time one attempt probes and the others wait for the place", () => {
    const health = cooling(first, 0);
    const [key, coolDown] = [...health.coolDowns][0] ?? [];
    if (key === undefined || coolDown === undefined) throw new Error("no cool-down");
    const probed = { ...health, coolDowns: new Map([[key, { ...coolDown, probe: "other#1" }]]) };
    expect(nextStep(begin([first]), probed, 0)).toMatchObject({ do: "wait", for: "slot" });
    expect(nextStep(begin([first, second]), probed, 0)).toMatchObject({ provider: second });
  });
});

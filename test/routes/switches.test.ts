import { describe, expect, test } from "vitest";
import type { AnswerStream, LLMProviderError } from "../../src/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { labWorld } from "../world.ts";

/** When a request may go on to another provider, and why it did not. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const four = {
  providers: {
    a: { vendor: "deepseek" },
    b: { vendor: "deepseek" },
    c: { vendor: "openai" },
    d: { vendor: "qwen" },
  },
} as const;
const names = ["a", "b", "c", "d"] as const;

const late = always(fault.silent());
const broken = always(fault.status(500));

type Outcome = { readonly asked: string; readonly message: string; readonly kind: string };
type Made = { readonly attempts: readonly { readonly provider: string }[] };

const askedOf = ({ attempts }: Made) => attempts.map(({ provider }) => provider).join("");

/** Who was asked, in their order, and how it ended; an answer has no message. */
function outcome(promise: Promise<Made>): Promise<Outcome> {
  return promise.then(
    (answer) => ({ asked: askedOf(answer), message: "", kind: "" }),
    (error: unknown) => {
      const { failure, attempts } = error as LLMProviderError;
      return { asked: askedOf({ attempts }), message: failure.message, kind: failure.kind };
    },
  );
}

async function read(stream: AnswerStream): Promise<Made> {
  for await (const _ of stream) continue;
  return stream.answer;
}

/** Asks a world of four providers, the first of which is unwell so, once. */
function ask(failover: object, script: typeof late, streamed: boolean) {
  const { lab, manager, play } = labWorld(four, { failover });
  lab.script("a", script);
  return outcome(play(streamed ? read(manager.stream(hello)) : manager.generate(hello)));
}

describe.each([
  ["a whole answer", false],
  ["a stream", true],
])("%s", (_, streamed) => {
  test("switch_on_timeout: false keeps to who timed out, and goes on from whoever failed", async () => {
    const failover = { switch_on_timeout: false };
    const stayed = await ask(failover, late, streamed);
    // A timeout allows one further try.
    expect(stayed).toMatchObject({ asked: "aa", kind: "timeout" });
    expect(stayed.message).toContain("Nobody else was asked: switch_on_timeout is false.");
    expect(await ask(failover, broken, streamed)).toMatchObject({ asked: "aaab", kind: "" });
  });

  test("switch_on_failure: false keeps to who failed, and goes on from whoever timed out", async () => {
    const failover = { switch_on_failure: false };
    const stayed = await ask(failover, broken, streamed);
    expect(stayed).toMatchObject({ asked: "aaa", kind: "server" });
    expect(stayed.message).toContain("Nobody else was asked: switch_on_failure is false.");
    expect(await ask(failover, late, streamed)).toMatchObject({ asked: "aab", kind: "" });
  });

  test.each([
    [0, "aaa"],
    [1, "aaabbb"],
    [2, "aaabbbccc"],
    [3, "aaabbbcccddd"],
  ])("max_switches: %i of four that all fail", async (most, asked) => {
    const { lab, manager, play } = labWorld(four, { failover: { max_switches: most } });
    for (const name of names) lab.script(name, broken);
    const made = streamed ? read(manager.stream(hello)) : manager.generate(hello);
    const end = await outcome(play(made));
    expect(end).toMatchObject({ asked, kind: "server" });
    const said = `Nobody else was asked: max_switches is ${most}.`;
    expect(end.message.includes(said)).toBe(most < 3);
  });
});

test("with switch_first every change of provider counts, also the way back", async () => {
  const changes = async (failover: object) => {
    const two = { providers: { a: four.providers.a, b: four.providers.b } };
    const { lab, manager, play } = labWorld(two, { failover });
    lab.script("a", broken);
    lab.script("b", broken);
    const { asked } = await outcome(play(manager.generate(hello)));
    return asked.replaceAll(/(.)\1+/gu, "$1").length - 1;
  };
  expect(await changes({ retry: "switch_first" })).toBeGreaterThan(3);
  for (const most of [0, 1, 2, 3]) {
    expect(await changes({ retry: "switch_first", max_switches: most })).toBe(most);
  }
});

test("a key that is refused is a failure like others", async () => {
  const refused = always(fault.status(401));
  expect(await ask({ switch_on_failure: false }, refused, false)).toMatchObject({ asked: "a" });
  expect(await ask({ switch_on_timeout: false }, refused, false)).toMatchObject({ asked: "ab" });
});

describe("past who is known to be out of use", () => {
  test("switching off for failures: unavailable at once, and it says by which key", async () => {
    const { lab, manager, play } = labWorld(four, { failover: { switch_on_failure: false } });
    lab.script("a", always(fault.status(401)));
    await outcome(play(manager.generate(hello)));
    const end = await outcome(play(manager.generate(hello)));
    expect(end).toMatchObject({ asked: "", kind: "unavailable" });
    expect(end.message).toMatch(
      /^No provider can be asked now \(a: auth, for another \d+ s; b: not asked, since switch_on_failure is false; c: .*\)\.$/u,
    );
    expect(lab.tally("a").requests).toBe(1);
    expect(manager.getCurrentProvider()).toBeUndefined();
    expect(manager.explain(hello).first).toMatchObject({
      do: "stop",
      failure: { kind: "unavailable" },
    });
  });

  test("switching off for timeouts alone: a refused key is gone past", async () => {
    const { lab, manager, play } = labWorld(four, { failover: { switch_on_timeout: false } });
    lab.script("a", always(fault.status(401)));
    await play(manager.generate(hello));
    expect(await outcome(play(manager.generate(hello)))).toMatchObject({ asked: "b" });
    expect(manager.getCurrentProvider()?.providerName).toBe("b");
  });

  test("each step counts: two that rest leave nothing of max_switches: 1", async () => {
    const routes = {
      once: { providers: ["a", "b", "c", "d"], failover: { max_switches: 1 } },
      twice: { providers: ["a", "b", "c", "d"], failover: { max_switches: 2 } },
    };
    const { lab, manager, play } = labWorld(four, { routes });
    for (const name of ["a", "b"]) lab.script(name, always(fault.status(401)));
    await play(manager.generate(hello));
    const once = await outcome(play(manager.generate(hello, { route: "once" })));
    expect(once).toMatchObject({ asked: "", kind: "unavailable" });
    expect(once.message).toContain("c: not asked, since max_switches is 1");
    lab.script("c", broken);
    // Two are gone past to c; what c does then is its own affair.
    const twice = await outcome(play(manager.generate(hello, { route: "twice" })));
    expect(twice).toMatchObject({ asked: "ccc", kind: "server" });
  });

  test("an open breaker: for what opened it; who may not go past probes it, one at a time", async () => {
    const routes = {
      stay: { providers: ["a", "b"], failover: { max_switches: 0 } },
      late: { providers: ["a", "b"], failover: { switch_on_failure: false } },
    };
    const breaker = { failures: 2, open: 60 };
    const { lab, manager, play } = labWorld(four, {
      routes,
      failover: { circuit_breaker: breaker },
    });
    lab.script("a", late);
    await play(manager.generate(hello));
    expect(manager.getProviderStatus().providers["a"]).toMatchObject({ state: "open" });
    // Timeouts opened it, and they may lead on where only failures may not.
    expect(await outcome(play(manager.generate(hello, { route: "late" })))).toMatchObject({
      asked: "b",
    });
    const both = [1, 2].map(() => outcome(manager.generate(hello, { route: "stay" })));
    const [probe, other] = await play(Promise.all(both));
    expect(probe).toMatchObject({ kind: "timeout" });
    expect(probe?.asked).toMatch(/^a+$/u);
    expect(other).toMatchObject({ asked: "", kind: "unavailable" });
    expect(other?.message).toContain("b: not asked, since max_switches is 0");
    expect(lab.tally("b").requests).toBe(2);
  });

  test("a limit of our own stands for the refusal it spares: a failure", async () => {
    const limited = { a: { rate_limit: { max_concurrency: 1 } } };
    const who = async (failover: object) => {
      const { manager, play } = labWorld(
        { providers: { ...four.providers, a: { vendor: "deepseek", latencyMs: 1_000 } } },
        { entries: limited, failover },
      );
      const both = [1, 2].map(() => outcome(manager.generate(hello)));
      return (await play(Promise.all(both))).map(({ asked }) => asked);
    };
    expect(await who({})).toEqual(["a", "b"]);
    expect(await who({ switch_on_timeout: false })).toEqual(["a", "b"]);
    // There is nobody else for it, so it waits for its turn.
    expect(await who({ switch_on_failure: false })).toEqual(["a", "a"]);
    expect(await who({ max_switches: 0 })).toEqual(["a", "a"]);
  });
});

describe("time", () => {
  const starts = (failover: object, script: typeof late) => {
    const { lab, manager, events, play } = labWorld(four, { failover });
    lab.script("a", script);
    return outcome(play(manager.generate(hello))).then((end) => {
      const limits = events.flatMap((event) =>
        event.type === "attempt-start" ? [event.limitMs] : [],
      );
      return { ...end, limits };
    });
  };

  test("none is kept for those whom nobody may be left for", async () => {
    const kept = await starts({ deadline: 40 }, late);
    expect(kept.limits[0]).toBe(10_000);
    for (const failover of [{ max_switches: 0 }, { switch_on_timeout: false }]) {
      const { limits, asked, kind } = await starts({ deadline: 40, ...failover }, late);
      expect({ first: limits[0], asked: asked[0], kind }).toEqual({
        first: 30_000,
        asked: "a",
        kind: asked.length === 1 ? "timeout" : "deadline",
      });
    }
    const one = await starts({ deadline: 40, max_switches: 1 }, late);
    expect(one.limits[0]).toBe(20_000);
  });
});

test("explain and its worst case know how far a request may go", () => {
  const worst = (failover: object) => labWorld(four, { failover }).manager.explain(hello).worst;
  expect(worst({}).attempts).toBe(12);
  expect(worst({ max_switches: 1 }).attempts).toBe(6);
  expect(worst({ max_switches: 0 }).attempts).toBe(3);
  expect(worst({ switch_on_timeout: false }).attempts).toBe(12);
  // The last try at each may still be a timeout.
  expect(worst({ switch_on_failure: false }).attempts).toBe(12);
  expect(worst({ switch_on_failure: false, switch_on_timeout: false }).attempts).toBe(3);
});

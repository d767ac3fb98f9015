import { describe, expect, test } from "vitest";
import type { LabAsk } from "../../src/lab/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { entry, entryRequest, entrySchema, entryText, failureOf, talkers } from "./world.ts";

/** A request for an object meets what any other meets: limits, ends, outages, and a caller who leaves. */

const options = { schema: entrySchema };
const kinds = (attempts: readonly { readonly failure: { readonly kind: string } | null }[]) =>
  attempts.map(({ failure }) => failure?.kind ?? null);

describe("an answer that is cut by its length", () => {
  const long = JSON.stringify({ ...entry, more: "很长".repeat(120) });

  test("is never taken: it is asked again with more room", async () => {
    const { manager, play, lab } = talkers({ qwen: [long, entryText] });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.object).toEqual(entry);
    expect(answer.source).toBe("repaired");
    expect(answer.attempts[0]?.failure?.message).toContain("cut at max_tokens");
    expect(answer.adaptations).toContain("max_tokens was raised to 2048: an answer had been cut.");
    expect(lab.requests.map(({ body }) => /"max_tokens":(\d+)/u.exec(body)?.[1])).toEqual([
      "150",
      "2048",
    ]);
  });

  test("also where a whole object stands within what was cut", async () => {
    const nested = `{"entry": ${entryText}, "more": "${"很长".repeat(120)}"}`;
    const { manager, play } = talkers({ qwen: [nested] });
    const error = await failureOf(play(manager.generateObject(entryRequest, options)));
    expect(error.kind).toBe("malformed");
  });

  test("keeps the caller's own max_tokens, and says what to do", async () => {
    const { manager, play, lab } = talkers({ qwen: [long] });
    const request = { ...entryRequest, max_tokens: 40 };
    const error = await failureOf(play(manager.generateObject(request, options)));
    expect(error.message).toContain("raise max_tokens");
    expect(lab.requests.every(({ body }) => body.includes('"max_tokens":40'))).toBe(true);
  });

  test("keeps the file's own max_tokens where that is roomy", async () => {
    const entries = { qwen: { max_tokens: 4_000 } };
    const { manager, play, lab } = talkers({ qwen: [entryText] }, { entries });
    lab.script("qwen", [fault.length()]);
    await play(manager.generateObject(entryRequest, options));
    expect(lab.requests.every(({ body }) => body.includes('"max_tokens":4000'))).toBe(true);
    expect(lab.requests).toHaveLength(2);
  });

  test("an object that was complete before the cut is one", async () => {
    const { manager, play } = talkers({ qwen: [`${entryText}\n${"很长".repeat(200)}`] });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.object).toEqual(entry);
    expect(answer.finishReason).toBe("length");
  });
});

describe("an answer without a word", () => {
  test("counts as malformed: it is asked once more, then the next provider", async () => {
    const { manager, play, lab } = talkers({ deepseek: [entryText], openai: [entryText] });
    lab.script("deepseek", always(fault.emptyContent()));
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.provider).toBe("openai");
    expect(kinds(answer.attempts)).toEqual(["malformed", "malformed", null]);
  });
});

describe("the repair", () => {
  test("of a tool call goes back as the tool's own answer", async () => {
    const { manager, play, lab } = talkers({ openai: ["{}", entryText] });
    const answer = await play(manager.generateObject(entryRequest, { ...options, mode: "tool" }));
    expect(answer.source).toBe("repaired");
    expect(answer.raw).toBe(entryText);
    const sent = JSON.parse(lab.requests[1]?.body ?? "") as {
      messages: { role: string; tool_calls?: { id: string }[]; tool_call_id?: string }[];
    };
    const [own, told] = sent.messages.slice(-2);
    expect(own?.tool_calls?.[0]?.id).toBe(told?.tool_call_id);
    expect(told?.role).toBe("tool");
  });

  test("of an answer of blanks says only what is wrong; a very long one is shown in part", async () => {
    const entries = { qwen: { max_tokens: 30_000 }, openai: { max_tokens: 30_000 } };
    const says = { qwen: ["  \n ", entryText], openai: ["长".repeat(20_000), entryText] };
    const { manager, play, lab } = talkers(says, { entries });
    await play(manager.generateObject(entryRequest, options));
    expect(lab.requests[1]?.body).not.toContain('"assistant"');
    await play(manager.generateObject(entryRequest, { ...options, provider: "openai" }));
    expect(/长+/u.exec(lab.requests[3]?.body ?? "")?.[0]).toHaveLength(16_000);
  });

  test("of a very long tool call shows it in part, as a text", async () => {
    const says = { openai: [`{"title":"${"长".repeat(20_000)}"}`, entryText] };
    const entries = { openai: { max_tokens: 30_000 } };
    const { manager, play, lab } = talkers(says, { entries });
    await play(manager.generateObject(entryRequest, { ...options, mode: "tool" }));
    const sent = JSON.parse(lab.requests[1]?.body ?? "") as { messages: { role: string }[] };
    expect(sent.messages.slice(-2).map(({ role }) => role)).toEqual(["assistant", "user"]);
    expect(lab.requests[1]?.body.length).toBeLessThan(20_000);
  });

  test("tells the tokens of every attempt, the wrong one's too", async () => {
    const { manager, play } = talkers({ qwen: ["no", entryText] });
    const { attempts, usage } = await play(manager.generateObject(entryRequest, options));
    expect(attempts[0]?.usage?.completionTokens).toBeGreaterThan(0);
    expect(attempts[1]?.usage).toEqual(usage);
  });

  test("comes at once, whatever the pauses between tries are", async () => {
    const { manager, play, clock } = talkers({ qwen: ["no", entryText] });
    const begun = clock.now();
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.attempts[1]?.waitedMs).toBe(0);
    expect(clock.now() - begun).toBe(0);
  });

  test("comes before another provider also where others go first", async () => {
    const says = { qwen: ["no", entryText], openai: [entryText] };
    const { manager, play } = talkers(says, { failover: { retry: "switch_first" } });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.provider).toBe("qwen");
  });

  test("is a try like any other: with one try at each there is none", async () => {
    const says = { qwen: ["no", entryText], openai: [entryText] };
    const { manager, play, events } = talkers(says, { entries: { qwen: { retry_attempts: 1 } } });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.provider).toBe("openai");
    const end = events.find((event) => event.type === "attempt-end");
    expect(end?.failure?.repair).toBe(false);
  });

  test("that meets an outage is made again", async () => {
    const { manager, play, lab } = talkers({ qwen: ["no", entryText] });
    lab.script("qwen", ["well", fault.status(500), "well"]);
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.source).toBe("repaired");
    expect(kinds(answer.attempts)).toEqual(["malformed", "server", null]);
  });

  test("ends when the caller leaves", async () => {
    const { manager, play, lab, clock } = talkers({ qwen: ["no", entryText] });
    lab.script("qwen", ["well", fault.silent()]);
    const leave = new AbortController();
    clock.setTimer(1_000, () => leave.abort(new Error("gone")));
    const asked = manager.generateObject(entryRequest, { ...options, signal: leave.signal });
    const error = await failureOf(play(asked));
    expect(error.kind).toBe("aborted");
    expect(kinds(error.attempts)).toEqual(["malformed", "aborted"]);
    expect(lab.openExchanges()).toBe(0);
  });

  test("ends with the deadline", async () => {
    const { manager, play, lab, clock } = talkers({ qwen: ["no", entryText] });
    lab.script("qwen", ["well", fault.silent()]);
    const begun = clock.now();
    const error = await failureOf(
      play(manager.generateObject(entryRequest, { ...options, deadlineMs: 7_000 })),
    );
    expect(error.kind).toBe("deadline");
    expect(clock.now() - begun).toBe(7_000);
  });
});

describe("what health learns", () => {
  test("a provider that always mends its answers is well", async () => {
    const turns = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? "no" : entryText));
    const { manager, play } = talkers({ qwen: turns });
    for (let index = 0; index < 20; index += 1) {
      const answer = await play(manager.generateObject(entryRequest, options));
      expect(answer.source).toBe("repaired");
    }
    expect(manager.getProviderStatus().providers["qwen"]?.state).toBe("ready");
  });

  test("a provider that never makes the object is left alone after five such requests", async () => {
    const { manager, play } = talkers({ qwen: ["no"] });
    for (let index = 0; index < 5; index += 1) {
      await failureOf(play(manager.generateObject(entryRequest, options)));
    }
    expect(manager.getProviderStatus().providers["qwen"]?.state).toBe("open");
  });
});

test("what asking for an object adds to the prompt counts for limits on tokens", async () => {
  const { manager, play, events } = talkers({ qwen: [entryText] });
  await play(manager.generate(entryRequest));
  await play(manager.generateObject(entryRequest, options));
  const [plain = 0, object = 0] = events.flatMap((event) =>
    event.type === "attempt-start" ? [event.estimatedTokens] : [],
  );
  expect(object - plain).toBeGreaterThan(50);
});

test("two hundred at once get each their own", async () => {
  const reply = ({ messages }: LabAsk) => {
    const said = JSON.stringify(messages);
    const [, number = ""] = /number (\d+)/u.exec(said) ?? [];
    const mended = said.includes("cannot be used");
    return mended || Number(number) % 2 === 0 ? `{"number": ${number}}` : `${number}, of course`;
  };
  const { manager, play } = talkers({ qwen: [] }, { reply });
  const schema = {
    type: "object",
    properties: { number: { type: "integer" } },
    required: ["number"],
  };
  const all = Array.from({ length: 200 }, (_, number) =>
    manager.generateObject<{ number: number }>(
      { messages: [{ role: "user", content: `Say number ${number}` }] },
      { schema },
    ),
  );
  const answers = await play(Promise.allSettled(all));
  const numbers = answers.map((one) => (one.status === "fulfilled" ? one.value.object.number : -1));
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, number) => number));
});

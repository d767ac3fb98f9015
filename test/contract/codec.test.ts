import { describe, expect, test } from "vitest";
import type { Fixture, Outcome } from "./fixtures.ts";
import { fixtures, play, singly } from "./fixtures.ts";

/** What every wire format promises, whatever the network does to its bytes. */

function check({ expect: wanted }: Fixture, { answer, state }: Outcome): void {
  if (!("failure" in wanted)) {
    expect(state).toBe("complete");
    expect(answer).toEqual(wanted);
    return;
  }
  const { mentions, partial, ...failure } = wanted["failure"] as Record<string, unknown>;
  expect(state).toMatchObject(failure);
  const { message } = state as { message: string };
  expect(message).toMatch(/^[A-Z].*\.$/u);
  expect(message.length).toBeLessThan(400);
  if (mentions !== undefined) expect(message).toContain(mentions);
  if (partial !== undefined) expect(answer["text"]).toBe(partial);
}

describe.each(fixtures)("$protocol: $name", (fixture) => {
  const { bytes } = fixture;

  test("means what it says", () => {
    check(fixture, play(fixture, [bytes]));
  });

  test("means the same byte by byte", () => {
    check(fixture, play(fixture, singly(bytes)));
  });

  test("means the same cut in two anywhere", () => {
    const whole = play(fixture, [bytes]);
    for (let at = 1; at < bytes.length; at += 1) {
      expect(play(fixture, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
  });
});

const streams = fixtures.filter(({ expect: wanted }) => !("failure" in wanted));

describe.each(streams)("$protocol: $name, truncated", (fixture) => {
  const { bytes } = fixture;
  const whole = play(fixture, [bytes]);

  test("is a failure, or was complete", () => {
    for (let end = 0; end < bytes.length; end += 1) {
      const { state, answer } = play(fixture, [bytes.subarray(0, end)]);
      if (state === "complete") {
        // What may be lost without loss: blanks, an end mark's line end, and a trailing usage.
        expect({ ...answer, usage: null }).toEqual({ ...whole.answer, usage: null });
      } else {
        expect(state).toMatchObject({ kind: "malformed" });
      }
    }
  });
});

test("a stream cut anywhere before its own end mark is never complete", () => {
  const marked = streams.filter(({ bytes }) => bytes.toString().includes("[DONE]"));
  expect(marked.length).toBeGreaterThan(8);
  for (const fixture of marked) {
    const mark = fixture.bytes.indexOf("[DONE]");
    for (let end = 0; end < mark + 6; end += 1) {
      expect(play(fixture, [fixture.bytes.subarray(0, end)]).state).not.toBe("complete");
    }
  }
});

test("every fixture says where its shape comes from", () => {
  for (const { kind, source } of fixtures) {
    expect(["recorded-shape", "synthetic"]).toContain(kind);
    expect(source).not.toBe("");
  }
  expect(new Set(fixtures.map(({ name, protocol }) => `${protocol} ${name}`)).size).toBe(
    fixtures.length,
  );
});

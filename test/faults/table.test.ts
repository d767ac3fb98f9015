import { describe, expect, test } from "vitest";
import type { FailureKind } from "../../src/index.ts";
import { LLMProviderError } from "../../src/index.ts";
import { consequences } from "../../src/failure.ts";
import type { FaultBody } from "../../src/lab/index.ts";
import { faultBodies, transportFaults } from "../../src/lab/index.ts";
import type { Outcome } from "./world.ts";
import { meet, shortly, wholeText } from "./world.ts";

/** Each fault of the lab × each wire format × {whole, stream} × {one provider, two providers}. */

const rows = [...faultBodies, ...transportFaults];
const cases = rows.flatMap((row) => row.forms.map((form) => [row.name, form, row] as const));

/** How many tries at one provider with `retry_attempts: 2` the kind allows. */
function tries({ kind }: FaultBody): number {
  return Math.min(2, consequences[kind as FailureKind].furtherTries + 1);
}

/** Whether a healthy second provider is to answer in the first one's place. */
function goesOn({ kind }: FaultBody): boolean {
  const { elsewhere } = consequences[kind as FailureKind];
  return elsewhere === "yes" || elsewhere === "once" || elsewhere === "larger_window";
}

function before({ kind }: FaultBody): object {
  return kind === "timeout" ? shortly.before : shortly.never;
}

function expectFailure(outcome: Outcome, kind: string): LLMProviderError {
  expect(outcome.answer).toBeNull();
  expect(outcome.error).toBeInstanceOf(LLMProviderError);
  if (outcome.error === null) throw new Error("no error");
  expect(outcome.error.failure.kind).toBe(kind);
  expect(outcome.error.message).toContain(kind);
  return outcome.error;
}

test("the table is whole", () => {
  expect(rows.length).toBeGreaterThan(120);
  const unknown = rows.filter(({ kind }) => !(kind in consequences));
  expect(unknown).toEqual([]);
});

describe.concurrent("one provider: the failure of the right kind, after the right tries", () => {
  test.each(cases)("%s, %s", async (_, form, row) => {
    const outcome = await meet(row.before, row.vendor, form, 1, before(row));
    const error = expectFailure(outcome, row.kind);
    expect(error.committed).toBe(false);
    expect(error.partial).toBeNull();
    expect(outcome.seen).toBe("");
    expect(error.attempts).toHaveLength(tries(row));
    if (row.before.type !== "refused") expect(outcome.hits).toEqual([tries(row), 0]);
  });
});

describe.concurrent("two providers: the second answers, or the kind stops the request", () => {
  test.each(cases)("%s, %s", async (_, form, row) => {
    const outcome = await meet(row.before, row.vendor, form, 2, before(row));
    if (!goesOn(row)) {
      expectFailure(outcome, row.kind);
      expect(outcome.hits).toEqual([1, 0]);
      return;
    }
    expect(outcome.error).toBeNull();
    expect(outcome.answer).toMatchObject({ text: wholeText, provider: "second" });
    expect(outcome.seen).toBe(form.endsWith("stream") ? wholeText : "");
    expect(outcome.answer?.attempts.map(({ failure }) => failure?.kind ?? "complete")).toEqual([
      ...Array.from({ length: tries(row) }, () => row.kind),
      "complete",
    ]);
    expect(outcome.hits[1]).toBe(1);
  });
});

describe.concurrent("after the first content: a typed failure, the partial text marked", () => {
  const after = cases.filter(([, form, row]) => row.after !== null && form.endsWith("stream"));
  test.each(after)("%s, %s", async (_, form, row) => {
    if (row.after === null) throw new Error("no fault");
    const limits = row.kind === "timeout" ? shortly.after : shortly.never;
    const outcome = await meet(row.after, row.vendor, form, 2, limits);
    const error = expectFailure(outcome, row.kind);
    expect(error.committed).toBe(true);
    expect(error.partial?.text).toBe(outcome.seen);
    expect(outcome.seen).not.toBe("");
    expect(wholeText.startsWith(outcome.seen)).toBe(true);
    expect(error.attempts).toHaveLength(1);
    expect(outcome.hits).toEqual([1, 0]);
  });
});

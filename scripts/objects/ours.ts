import { LLMConfigManager, LLMProviderError } from "../../src/index.ts";
import type { Lab } from "../../src/lab/index.ts";
import { startLab } from "../../src/lab/index.ts";
import type { BrokenAnswer } from "./answers.ts";
import { right } from "./answers.ts";
import { entrySchema, prompt } from "./schema.ts";

/** The vendor and model that both sides are compared at: it takes a strict schema. */
export const compared = { vendor: "openai", model: "gpt-4.1" } as const;

/** What came of one answer: in words, and after how many requests. */
export type Outcome = { readonly result: string; readonly requests: number };

/** What Standin makes of an answer that its provider mends when asked, beside nobody. */
export function whenMended(answer: BrokenAnswer): Promise<Outcome> {
  return withLab(answer, false, (lab) => ask(lab, ["first"]));
}

/** What it makes of an answer that its provider never mends, with another provider standing by. */
export function whenNeverMended(answer: BrokenAnswer): Promise<Outcome> {
  return withLab(answer, true, (lab) => ask(lab, ["first", "spare"]));
}

/** A lab whose first provider answers so, at first or always, and whose spare answers rightly. */
export async function withLab(
  answer: BrokenAnswer,
  always: boolean,
  use: (lab: Lab) => Promise<Outcome>,
): Promise<Outcome> {
  let asked = 0;
  const { text, turn = "well" } = answer;
  const first = { ...compared, reply: () => (always || asked++ === 0 ? text : right) };
  const spare = { ...compared, reply: () => right };
  await using lab = await startLab({ providers: { first, spare } });
  await lab.script("first", (number) => (always || number === 1 ? turn : "well"));
  return await use(lab);
}

/** Which of the objects it is that could be taken. */
export function nameOf({ title }: { readonly title: string }): string {
  return title === "草稿" ? "the draft" : "the object";
}

async function ask(lab: Lab, names: readonly string[]): Promise<Outcome> {
  const { providers } = lab.configuration(...names);
  // The pause before another try is nothing to compare.
  const failover = { backoff: { base: 0.01, max: 0.01, jitter: 0 } };
  await using manager = LLMConfigManager.from({ providers, failover });
  const request = { messages: [{ role: "user", content: prompt }] } as const;
  try {
    const { object, source, provider } = await manager.generateObject(request, {
      schema: entrySchema,
    });
    const how = source === "repaired" ? `${nameOf(object)}, mended` : nameOf(object);
    return {
      result: provider === "spare" ? "the next provider's object" : how,
      requests: count(lab),
    };
  } catch (error) {
    if (!(error instanceof LLMProviderError)) throw error;
    return { result: `LLMProviderError, \`${error.kind}\``, requests: count(lab) };
  }
}

function count(lab: Lab): number {
  return lab.requests.length;
}

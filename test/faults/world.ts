import type { Answer, ChatRequest, Delta, LLMProviderError } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import type { Fault, Lab, LabForm, LabVendor } from "../../src/lab/index.ts";
import { always, startLab } from "../../src/lab/index.ts";

/** What one request came to, as its caller saw it. */
export type Outcome = {
  readonly answer: Answer | null;
  readonly error: LLMProviderError | null;
  /** The text that reached the caller of a stream, as it came. */
  readonly seen: string;
  /** Requests that arrived at the first provider, and at the second. */
  readonly hits: readonly [number, number];
};

/** Enough text for a fault in the middle to have a middle. */
export const wholeText = "(simulated) one two three four five six seven eight nine ten";

const request: ChatRequest = { messages: [{ role: "user", content: "Count, please." }] };

/** Short limits where one of them is what is tried; none else depends on the machine's speed. */
export const shortly = {
  before: { timeout: 0.25 },
  after: { timeouts: { idle: 0.25 } },
  never: {},
} as const;

/** Plays one fault, standing at the first provider, against one request. */
export async function meet(
  fault: Fault,
  vendor: LabVendor,
  form: LabForm,
  providers: 1 | 2,
  limits: object,
): Promise<Outcome> {
  const second = vendor === "deepseek" ? "openai" : "deepseek";
  const reply = () => wholeText;
  const lab = await startLab({
    providers: { first: { vendor, reply }, second: { vendor: second, reply } },
    scripts: {},
  });
  await lab.script("first", always(fault));
  const manager = LLMConfigManager.from(configuration(lab, form, providers, limits), {
    observers: [() => {}],
  });
  try {
    const stream = form.endsWith("stream");
    const outcome = await (stream ? streamed(manager) : whole(manager));
    return { ...outcome, hits: [lab.tally("first").requests, lab.tally("second").requests] };
  } finally {
    await manager.close();
    await lab.close();
  }
}

function configuration(lab: Lab, form: LabForm, providers: 1 | 2, limits: object): object {
  const names = providers === 1 ? ["first"] : ["first", "second"];
  const { providers: entries } = lab.configuration(...names);
  const first = lab.providers["first"];
  const endpoint = form.startsWith("compatible") ? first?.compatibleEndpoint : first?.endpoint;
  const usual = { timeout: 20, retry_attempts: 2, max_tokens: 100 };
  const windows: Record<string, number> = { first: 8_000, second: 64_000 };
  return {
    providers: Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [
        name,
        {
          ...entry,
          ...usual,
          ...(name === "first" ? { api_endpoint: endpoint, ...limits } : {}),
          context_window: windows[name],
        },
      ]),
    ),
    failover: { deadline: 100, backoff: { base: 0.01, jitter: 0 } },
  };
}

type Seen = Pick<Outcome, "answer" | "error" | "seen">;

async function whole(manager: LLMConfigManager): Promise<Seen> {
  try {
    return { answer: await manager.generate(request), error: null, seen: "" };
  } catch (error) {
    return { answer: null, error: error as LLMProviderError, seen: "" };
  }
}

async function streamed(manager: LLMConfigManager): Promise<Seen> {
  const stream = manager.stream(request);
  const deltas: Delta[] = [];
  const text = () => deltas.map((delta) => (delta.type === "text" ? delta.text : "")).join("");
  try {
    for await (const delta of stream) deltas.push(delta);
    return { answer: await stream.answer, error: null, seen: text() };
  } catch (error) {
    return { answer: null, error: error as LLMProviderError, seen: text() };
  }
}

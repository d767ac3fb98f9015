import type { LLMConfigManager } from "../../../src/index.ts";
import type { Lab, LabRecord } from "../../../src/lab/index.ts";

/** What the callers saw. */
export type LoadFigures = {
  readonly whole: number;
  readonly streamed: number;
  readonly slowestMs: number;
};

/** Requests that are always under way, each other one a stream, until stopped. */
export type Load = {
  readonly figures: () => LoadFigures;
  /** What went wrong, a sentence each; nothing should. */
  readonly breaches: readonly string[];
  stop(): Promise<void>;
};

/** What the lab is to answer to a prompt. */
export function replyTo(prompt: string): string {
  return `To ${prompt} the answer is that all is well, and that this is simulated.`;
}

/** Begins to ask; the mark in force at a request's beginning stands in its prompt. */
export function startLoad(manager: LLMConfigManager, inFlight: number): Load {
  const over = new AbortController();
  const breaches: string[] = [];
  const seen = { number: 0, whole: 0, streamed: 0, slowestMs: 0 };

  async function ask(): Promise<void> {
    seen.number += 1;
    const isStream = seen.number % 2 === 0;
    const prompt = `number ${seen.number} mark ${markOf(manager)}`;
    const messages = [{ role: "user", content: prompt } as const];
    const startedAt = performance.now();
    try {
      const text = isStream
        ? await readStream(manager, messages)
        : (await manager.generate({ messages })).text;
      if (text !== replyTo(prompt)) breaches.push(`${prompt}: answered ${JSON.stringify(text)}`);
    } catch (error) {
      breaches.push(`${prompt}: ${String(error)}`);
    }
    seen.slowestMs = Math.max(seen.slowestMs, performance.now() - startedAt);
    seen[isStream ? "streamed" : "whole"] += 1;
  }

  async function askOn(): Promise<void> {
    while (!over.signal.aborted) await ask();
  }

  const all = Array.from({ length: inFlight }, askOn);
  return {
    figures: () => ({ ...seen }),
    breaches,
    async stop() {
      over.abort();
      await Promise.all(all);
    },
  };
}

type Messages = readonly { readonly role: "user"; readonly content: string }[];

async function readStream(manager: LLMConfigManager, messages: Messages): Promise<string> {
  const stream = manager.stream({ messages });
  let text = "";
  for await (const delta of stream) if (delta.type === "text") text += delta.text;
  const answer = await stream.answer;
  return answer.text === text ? text : `${text} (the stream), ${answer.text} (the answer)`;
}

function markOf(manager: LLMConfigManager): number | null | undefined {
  return manager.getProviderConfig("first")?.maxTokens;
}

/** Reads what came to the lab since the last time; whatever mixes two versions is a breach. */
export function createAudit(lab: Lab) {
  let last: LabRecord | undefined;
  const breaches: string[] = [];
  const seen = { attempts: 0, refused: 0 };

  function audit(record: LabRecord): void {
    seen.attempts += 1;
    if (record.turn !== "well") seen.refused += 1;
    const prompt = /number \d+ mark (\d+)/u.exec(record.body);
    const tokens = /"max_(?:completion_)?tokens":(\d+)/u.exec(record.body)?.[1];
    const marks = [prompt?.[1], tokens, record.headers["x-mark"]];
    if (new Set(marks).size === 1 && prompt !== null) return;
    breaches.push(`${prompt?.[0]} was sent with max_tokens ${tokens} and mark ${marks[2]}`);
  }

  return {
    breaches,
    seen,
    read: (): void => {
      const { requests } = lab;
      const from = last === undefined ? 0 : requests.lastIndexOf(last) + 1;
      if (last !== undefined && from === 0) breaches.push("the lab has forgotten requests unread");
      for (const record of requests.slice(from)) audit(record);
      last = requests.at(-1);
    },
  };
}

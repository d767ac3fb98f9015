import { setImmediate } from "node:timers/promises";
import type { Answer, ChatRequest, LLMConfigManager } from "../index.ts";
import { createLiveTrail } from "./live-trail.ts";
import { createProgress } from "./progress.ts";
import { streamText } from "./stream-answer.ts";
import { paint, safeText, writeOut } from "./terminal.ts";
import { seconds } from "./trail.ts";

/** One prompt, and how it is asked. */
export type Scene = {
  readonly prompt: string;
  readonly stream: boolean;
  /** Nothing is written: somebody else prints the answer. */
  readonly quiet: boolean;
};

const margin = "   ";

/** Asks one prompt and shows, as it happens, who was tried and what came of it. */
export async function playScene(
  manager: LLMConfigManager,
  { prompt, stream, quiet }: Scene,
  signal: AbortSignal,
): Promise<Answer> {
  const request: ChatRequest = { messages: [{ role: "user", content: prompt }] };
  if (quiet) return await manager.generate(request, { signal });
  const names = Object.keys(manager.getProviderStatus().providers);
  const width = Math.max(...names.map((name) => name.length));
  const progress = createProgress();
  const trail = createLiveTrail({ width, paint }, (line) => {
    progress.clear();
    process.stdout.write(`${margin}${line.replaceAll("\n", `\n${margin}`)}\n`);
  });
  const leave = [trail, progress.observe].map((observer) => manager.subscribe(observer));
  try {
    await writeOut(`${margin}${paint("dim", "prompt")}  ${prompt}\n`);
    const startedAt = performance.now();
    const answer = stream
      ? await streamText(manager.stream(request, { signal }), async () => {
          await beforeText(progress.stop);
        })
      : await manager.generate(request, { signal });
    if (!stream) {
      await beforeText(progress.stop);
      await writeOut(`${safeText(answer.text)}\n`);
    }
    await writeOut(summary(answer, performance.now() - startedAt));
    return answer;
  } finally {
    progress.stop();
    for (const end of leave) end();
  }
}

/** The attempts so far are told before the answer stands below them. */
async function beforeText(stopProgress: () => void): Promise<void> {
  await setImmediate();
  stopProgress();
  await writeOut(`${margin}${paint("dim", "answer")}  `);
}

function summary({ provider, attempts }: Answer, tookMs: number): string {
  const tries = attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`;
  const who = paint("bold", provider);
  return `${margin}${paint("dim", "by")}      ${who} in ${seconds(tookMs)} s, ${tries}\n\n`;
}

import type {
  Answer,
  ChatRequest,
  GenerateOptions,
  JsonSchema,
  LLMConfigManager,
} from "../index.ts";
import { exitCode } from "./exit-code.ts";
import { printObject } from "./generate-object.ts";
import { openManager } from "./open-manager.ts";
import { createProgress } from "./progress.ts";
import { readPrompt } from "./read-prompt.ts";
import { readSchema } from "./read-schema.ts";
import { reportFailure } from "./report-failure.ts";
import { streamJson, streamText } from "./stream-answer.ts";
import { paintNote, safeText, writeJson, writeNote, writeOut } from "./terminal.ts";
import { sayTrail, seconds } from "./trail.ts";
import { UsageError } from "./usage-error.ts";

/** What `generate` may be told. */
export type GenerateFlags = {
  readonly config?: string;
  readonly system?: string;
  readonly schema?: string;
  readonly stream?: boolean;
  readonly json?: boolean;
  readonly trail?: boolean;
  readonly provider?: string;
  readonly route?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly timeout?: number;
  readonly deadline?: number;
};

/** Answers one prompt. */
export async function generate(
  given: string | undefined,
  flags: GenerateFlags & { readonly config: string },
  signal: AbortSignal,
): Promise<number> {
  if (flags.schema !== undefined && flags.stream) {
    throw new UsageError("take --schema without --stream: an object is checked as a whole.");
  }
  const schema = flags.schema === undefined ? null : await readSchema(flags.schema);
  const prompt = await readPrompt(given, signal);
  const progress = createProgress();
  let manager: LLMConfigManager | null = null;
  try {
    manager = openManager(flags.config, [(event) => progress.observe(event)]);
    const request = requestOf(prompt, flags);
    const options = { ...optionsOf(flags, signal), schema };
    const answer = await ask(manager, request, options, flags, progress.stop);
    progress.stop();
    sayRest(answer, flags);
    return exitCode.done;
  } catch (error) {
    progress.stop();
    if (signal.aborted) return exitCode.interrupted;
    return await reportFailure(error, flags);
  } finally {
    await manager?.close({ graceMs: 0 });
  }
}

function requestOf(prompt: string, flags: GenerateFlags): ChatRequest {
  const { system, maxTokens, temperature } = flags;
  return {
    messages: [
      ...(system === undefined ? [] : [{ role: "system", content: system } as const]),
      { role: "user", content: prompt },
    ],
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
  };
}

function optionsOf(flags: GenerateFlags, signal: AbortSignal): GenerateOptions {
  const { provider, route, timeout, deadline } = flags;
  return {
    signal,
    ...(provider === undefined ? {} : { provider }),
    ...(route === undefined ? {} : { route }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1000 }),
    ...(deadline === undefined ? {} : { deadlineMs: deadline * 1000 }),
  };
}

async function ask(
  manager: LLMConfigManager,
  request: ChatRequest,
  { schema, ...options }: GenerateOptions & { readonly schema: JsonSchema | null },
  { stream, json }: GenerateFlags,
  onContent: () => void,
): Promise<Answer> {
  if (stream) {
    const coming = manager.stream(request, options);
    return json ? await streamJson(coming, onContent) : await streamText(coming, onContent);
  }
  if (schema !== null) {
    const manner = { json: json === true, onContent };
    return await printObject(manager, request, { ...options, schema }, manner);
  }
  const answer = await manager.generate(request, options);
  onContent();
  if (json) await writeJson(answer);
  else await writeOut(`${safeText(answer.text || answer.refusal)}\n`);
  return answer;
}

/** What there is to know beside the answer. */
function sayRest(answer: Answer, { trail, json }: GenerateFlags): void {
  for (const adaptation of answer.adaptations) {
    writeNote(paintNote("yellow", `${answer.provider}: ${adaptation}`));
  }
  if (answer.finishReason === "length" && !json) {
    const cure = "--max-tokens, or max_tokens in the file, allows a longer one.";
    writeNote(paintNote("yellow", `The answer was cut at its longest length; ${cure}`));
  }
  if (trail) for (const line of sayTrail(answer.attempts, paintNote)) writeNote(line);
  else if (process.stderr.isTTY && !json) writeNote(paintNote("dim", summary(answer)));
}

function summary({ provider, model, attempts, usage }: Answer): string {
  const [first] = attempts;
  const last = attempts.at(-1);
  const took =
    first === undefined || last === undefined
      ? 0
      : last.startedAt + last.durationMs - first.startedAt + first.waitedMs;
  const tries = attempts.length === 1 ? "" : `, ${attempts.length} attempts`;
  const tokens = usage?.totalTokens ?? null;
  const cost = tokens === null ? "" : `, ${tokens} tokens`;
  return `${provider} (${model}), ${seconds(took)} s${tries}${cost}`;
}

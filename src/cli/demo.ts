import { existsSync } from "node:fs";
import type { Answer } from "../index.ts";
import { LLMConfigManager, starterConfiguration } from "../index.ts";
import type { Lab } from "../lab/index.ts";
import { fault, startLab } from "../lab/index.ts";
import { playScene } from "./demo-scene.ts";
import { exitCode } from "./exit-code.ts";
import { openManager } from "./open-manager.ts";
import { reportFailure } from "./report-failure.ts";
import { paint, writeJson, writeOut } from "./terminal.ts";

/** What `demo` may be told. */
export type DemoFlags = {
  readonly real?: boolean;
  readonly config?: string;
  readonly json?: boolean;
};

/** Shows failover: with simulated providers, or when asked to with the user's own. */
export async function demo(
  flags: DemoFlags & { readonly config: string },
  signal: AbortSignal,
): Promise<number> {
  try {
    const answers = flags.real ? await showReal(flags, signal) : await showSimulated(flags, signal);
    if (flags.json) await writeJson({ simulated: flags.real !== true, answers });
    return exitCode.done;
  } catch (error) {
    if (signal.aborted) return exitCode.interrupted;
    return await reportFailure(error, flags);
  }
}

async function showSimulated(
  { json: quiet = false }: DemoFlags,
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const say = (text: string) => (quiet ? Promise.resolve() : writeOut(text));
  const pace = { latencyMs: 200, deltaMs: 40, deltaTokens: 1 };
  await using lab = await startLab({
    providers: { qwen: { vendor: "qwen", ...pace }, deepseek: { vendor: "deepseek", ...pace } },
  });
  await using manager = LLMConfigManager.from(lab.configuration(), { ports: { warn: () => {} } });
  await say(`${paint("bold", "Standin")}: every request answered by whichever provider can.\n`);
  await say("The library and its sockets are real; the providers are simulated on this machine,\n");
  await say("and so are their answers. No key is needed, nothing leaves this machine.\n\n");
  await say(providerTable(manager));

  await say(
    paint("bold", "1. qwen is throttling and says to come back in 1 s: it is waited for\n"),
  );
  await throttle(lab);
  const first = { prompt: "What does a stand-in do?", stream: false, quiet };
  const answers = [await playScene(manager, first, signal)];

  await say(
    paint("bold", "2. qwen is down: deepseek stands in, its answer streamed as it comes\n"),
  );
  await lab.script("qwen", { always: fault.refused() });
  const second = { prompt: "And who plays when the star is ill?", stream: true, quiet };
  answers.push(await playScene(manager, second, signal));

  await say(howToGoOn());
  return answers;
}

/** The next request to qwen is throttled, in DashScope's own words. */
function throttle(lab: Lab): Promise<void> {
  const error = {
    status: 429,
    code: "Throttling.RateQuota",
    message: "Requests rate limit exceeded, please try again later.",
    headers: { "retry-after": "1" },
  };
  return lab.script("qwen", [fault.error(error, { at: "status" })]);
}

async function showReal(
  { config, json: quiet = false }: DemoFlags & { readonly config: string },
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  await using manager = existsSync(config) ? openManager(config, []) : openStarter();
  if (!quiet) await writeOut(providerTable(manager));
  const prompt = "In one sentence: what does a stand-in do?";
  return [await playScene(manager, { prompt, stream: true, quiet }, signal)];
}

/** Whoever has no file may have keys in variables: those the starter file names. */
function openStarter(): LLMConfigManager {
  const starter = new TextEncoder().encode(starterConfiguration);
  const files = { readSync: () => starter, read: () => Promise.resolve(starter) };
  return openManager("the starter configuration", [], { files });
}

function providerTable(manager: LLMConfigManager): string {
  const names = Object.keys(manager.getProviderStatus().providers);
  const rows = names.flatMap((name) => {
    const provider = manager.getProviderConfig(name);
    if (provider === undefined) return [];
    const { modelName, protocol, apiEndpoint, configured } = provider;
    const missing = configured ? "" : `(no key: ${provider.apiKeySource})`;
    return [[name, modelName, protocol, missing || new URL(apiEndpoint).host] as const];
  });
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => (row[at] ?? "").length)));
  const lines = rows.map((row) =>
    row.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : paint("dim", cell))).join("  "),
  );
  return `${lines.map((line) => `   ${line}\n`).join("")}\n`;
}

function howToGoOn(): string {
  return [
    "With your own providers:",
    "   export DASHSCOPE_API_KEY=...     or DEEPSEEK_API_KEY, or both",
    "   npm start -- --real              asks those whose key is set",
    "   npx standin init                 writes config/llm_configuration.json, to be made yours",
    "",
  ].join("\n");
}

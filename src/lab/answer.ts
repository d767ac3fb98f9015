import type { Random } from "../ports.ts";
import type { LabAsk, LabTool } from "./ask.ts";
import { hexadecimal } from "./identifiers.ts";
import type { LabProvider } from "./provider.ts";
import { sampleOf } from "./sample.ts";
import { tokens } from "./tokens.ts";

/** A tool call the simulated model makes. */
export type LabCall = { readonly id: string; readonly name: string; readonly arguments: string };

/** What the simulated model says, before anything is known of the form it is sent in. */
export type LabAnswer = {
  /** In deltas, as `text` is. */
  readonly reasoning: readonly string[];
  readonly text: readonly string[];
  readonly calls: readonly LabCall[];
  /** `null`: the answer never says that it is finished. */
  readonly finish: string | null;
  /** Said together with the reason of the end. */
  readonly lastWords: string;
  readonly promptTokens: number;
};

/** The answer of a well provider, always the same for the same request. */
export function answerTo(ask: LabAsk, provider: LabProvider, random: Random): LabAnswer {
  const promptTokens = ask.messages.reduce((sum, { text }) => sum + tokens(text).length + 4, 0);
  const calls = callsFor(ask, provider, random);
  const thought = ask.thinking ? thoughtOf(provider.thoughtTokens) : [];
  const whole = tokens(calls.length > 0 ? "" : untilStop(textFor(ask, provider), ask.stop));
  const budget = ask.maxTokens ?? Infinity;
  const reasoning = thought.slice(0, budget);
  const text = whole.slice(0, budget - reasoning.length);
  const cut = reasoning.length < thought.length || text.length < whole.length;
  return {
    reasoning: inDeltas(reasoning, provider.deltaTokens),
    text: inDeltas(text, provider.deltaTokens),
    calls: cut ? [] : calls,
    finish: cut ? "length" : finishOf(ask, calls),
    lastWords: "",
    promptTokens,
  };
}

/** So many tokens of simulated thought. */
export function thoughtOf(count: number): readonly string[] {
  const thought = Array.from({ length: count }, (_, index) => ` step ${index + 1}`);
  return tokens(`(simulated thought)${thought.join(",")}`).slice(0, count);
}

function textFor(ask: LabAsk, provider: LabProvider): string {
  if (provider.reply !== null) return provider.reply(ask);
  if (ask.schema !== null) return JSON.stringify(sampleOf(ask.schema));
  const said = ask.prompt.trim();
  const echo = tokens(said).slice(0, 24).join("");
  const cut = echo === said ? "" : "…";
  return ask.json
    ? JSON.stringify({
        simulated: true,
        vendor: ask.vendor,
        model: ask.model,
        you_said: echo + cut,
      })
    : `(simulated ${ask.vendor} ${ask.model}) You said: ${echo}${cut}`;
}

function untilStop(text: string, stop: readonly string[]): string {
  const found = stop.map((word) => text.indexOf(word)).filter((index) => index >= 0);
  return found.length === 0 ? text : text.slice(0, Math.min(...found));
}

function inDeltas(list: readonly string[], size: number): readonly string[] {
  const deltas: string[] = [];
  for (let at = 0; at < list.length; at += size) deltas.push(list.slice(at, at + size).join(""));
  return deltas;
}

function callsFor(ask: LabAsk, provider: LabProvider, random: Random): readonly LabCall[] {
  return wanted(ask).map((tool) => ({
    id: `call_${hexadecimal(random, 22)}`,
    name: tool.name,
    arguments: provider.toolArguments?.(ask) ?? JSON.stringify(sampleOf(tool.parameters)),
  }));
}

function wanted(ask: LabAsk): readonly LabTool[] {
  const { tools, toolChoice } = ask;
  if (toolChoice === "none") return [];
  if (typeof toolChoice === "object") return tools.filter(({ name }) => name === toolChoice.name);
  const said = ask.messages.at(-1)?.role === "user" ? ask.prompt.toLowerCase() : "";
  const named = tools.filter(({ name }) => {
    const words = name.toLowerCase();
    return said.includes(words) || said.includes(words.replaceAll(/[_-]+/g, " "));
  });
  return named.length === 0 && toolChoice === "required" ? tools.slice(0, 1) : named;
}

function finishOf(ask: LabAsk, calls: readonly LabCall[]): string {
  if (calls.length === 0) return "stop";
  // A forced call ends with "stop" at DashScope (cnblogs/dashscope-sdk, RawHttpData) and OpenAI.
  const forced = typeof ask.toolChoice === "object" && ask.vendor !== "deepseek";
  return forced ? "stop" : "tool_calls";
}

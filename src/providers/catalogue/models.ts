import type { Thinking, Vendor } from "../../snapshot.ts";
import { remember } from "./remember.ts";

/** The fields of a body that turn a model's thinking off and on. */
export type ThinkingSwitch = {
  readonly off: Readonly<Record<string, unknown>>;
  readonly on: Readonly<Record<string, unknown>>;
};

/** What is known of a model. */
export type ModelFacts = {
  /** In tokens; `null`: not known. */
  readonly contextWindow: number | null;
  /** `null`: the model has no switch that is known. */
  readonly thinking: ThinkingSwitch | null;
  /** Whether it thinks when nobody says whether it should. */
  readonly thinksByDefault: boolean;
  /** With which thinking it answers only in streams. */
  readonly streamOnly: readonly Thinking[];
  /** Whether native DashScope serves it on the multimodal path. */
  readonly multimodal: boolean;
  /** Whether it takes images; `null`: not known, so it is asked. */
  readonly images: boolean | null;
  /** Whether `response_format` may be `json_schema`. */
  readonly jsonSchema: boolean;
  /** Whether `response_format` may be `json_object`. */
  readonly jsonObject: boolean;
  /** Whether it takes `temperature` and the like while it thinks. */
  readonly samplesWhileThinking: boolean;
  /** Whether it refuses `max_tokens` for `max_completion_tokens`, whoever serves it. */
  readonly completionTokensOnly: boolean;
};

type Row = readonly [model: RegExp, facts: Partial<ModelFacts>];

const enableThinking: ThinkingSwitch = {
  off: { enable_thinking: false },
  on: { enable_thinking: true },
};
const thinkingType: ThinkingSwitch = {
  off: { thinking: { type: "disabled" } },
  on: { thinking: { type: "enabled" } },
};
const effort = (off: string): ThinkingSwitch => ({
  off: { reasoning_effort: off },
  on: { reasoning_effort: "medium" },
});
const always: readonly Thinking[] = ["off", "on", "vendor"];

const million = 1_000_000;

/** Every row that matches is laid over those before it. */
const table: Readonly<Record<Vendor, readonly Row[]>> = {
  // help.aliyun.com/zh/model-studio: models, deep-thinking, qwen-api-via-dashscope, json-mode;
  // the multimodal path: agentscope-ai/agentscope#1258, #1295, #1394.
  qwen: [
    [/^qwen(?!.*-(omni|asr|tts|mt))/, { jsonObject: true }],
    [/^qwen-(plus|flash|turbo)/, { thinking: enableThinking, streamOnly: ["on"] }],
    [/^qwen-(plus|flash|turbo)/, { contextWindow: million, images: false }],
    [/^qwen-max/, { contextWindow: 32_768, images: false }],
    [/^qwen3-max/, { contextWindow: 262_144, thinking: enableThinking, images: false }],
    [/^qwen3-(next-)?\d+b/, { thinking: enableThinking, thinksByDefault: true, images: false }],
    [/^qwen3-(next-)?\d+b/, { contextWindow: 131_072, streamOnly: ["on", "vendor"] }],
    [/^qwen3-.*-instruct/, { thinking: null, thinksByDefault: false, streamOnly: [] }],
    [/^qwen3-.*-thinking/, { thinking: null, thinksByDefault: true, streamOnly: always }],
    [/^qwen3\.[5-9]-/, { thinking: enableThinking, thinksByDefault: true }],
    [/^qwen3\.[5-7]-(plus|flash)/, { multimodal: true, images: true, contextWindow: million }],
    [/^qwen3\.[67]-max/, { images: false }],
    [/^qwen3\.7-(plus|flash|max)|^qwen3\.8-(max|flash)/, { jsonSchema: true }],
    [/^qwen(2\.5|3)?-vl|^qvq/, { multimodal: true, images: true }],
    [/^qwen3-vl-(plus|flash)/, { thinking: enableThinking, streamOnly: ["on"] }],
    [/^q[wv]q-/, { thinksByDefault: true, streamOnly: always }],
    [/omni/, { multimodal: true, images: true, streamOnly: always }],
    [/^deepseek-v(3\.[12]|4)/, { thinking: enableThinking, images: false }],
    [/^deepseek-(v4|r1)/, { thinksByDefault: true, images: false }],
    [/^glm-(4\.[5-9]|[5-9])/, { thinking: enableThinking, thinksByDefault: true }],
  ],
  // api-docs.deepseek.com/quick_start/pricing, /guides/thinking_mode; the window as the
  // refusal states it: crmne/ruby_llm spec/fixtures/vcr_cassettes.
  deepseek: [
    [/^/, { thinking: thinkingType, thinksByDefault: true, jsonObject: true }],
    [/^deepseek-(flash|v4)/, { contextWindow: 1_048_565 }],
    [/^deepseek-(flash|v4-flash-vision)/, { images: true }],
    [/^deepseek-chat$/, { contextWindow: 131_072, thinksByDefault: false, images: false }],
    [/^deepseek-reasoner$/, { contextWindow: 131_072, thinking: null, images: false }],
  ],
  // developers.openai.com/api/docs/models, /guides/reasoning.
  openai: [
    [/^/, { jsonSchema: true, jsonObject: true }],
    [/^gpt-4(-|$)|^chatgpt-|^gpt-4o-2024-05|^o1-(mini|preview)/, { jsonSchema: false }],
    [/^gpt-4(-32k)?(-0613|-0314)?$/, { jsonObject: false }],
    [/^gpt-3\.5/, { jsonSchema: false, contextWindow: 16_385, images: false }],
    [/^gpt-4o|^gpt-4-turbo/, { contextWindow: 128_000, images: true }],
    [/^gpt-4\.1/, { contextWindow: 1_047_576, images: true }],
    [/^o[134](-|$)/, { contextWindow: 200_000, thinksByDefault: true }],
    [/^gpt-5/, { contextWindow: 400_000, images: true, thinksByDefault: true }],
    [/^gpt-5(-mini|-nano)?(-\d{4}.*)?$/, { thinking: effort("minimal") }],
    [/^gpt-5\.[1-9]|^gpt-6/, { thinking: effort("none") }],
    [/^gpt-5\.[1-4]/, { thinksByDefault: false }],
    [/^gpt-5\.[5-9]|^gpt-6/, { thinksByDefault: true, images: true }],
    [/^gpt-5\.4(-pro)?(-\d{4}.*)?$/, { contextWindow: 1_050_000 }],
    [/^gpt-5.*-chat/, { thinking: null, thinksByDefault: false, contextWindow: 128_000 }],
    [/^gpt-(5|6).*-(pro|codex)/, { thinking: null, thinksByDefault: true }],
    [/^o[134](-|$)|^gpt-[56]/, { samplesWhileThinking: false, completionTokensOnly: true }],
  ],
};

const unknownModel: ModelFacts = {
  contextWindow: null,
  thinking: null,
  thinksByDefault: false,
  streamOnly: [],
  multimodal: false,
  images: null,
  jsonSchema: false,
  jsonObject: false,
  samplesWhileThinking: true,
  completionTokensOnly: false,
};

const known: Readonly<Record<Vendor, readonly string[]>> = {
  qwen: words(`qwen-plus qwen-flash qwen3.5-plus qwen3.5-flash qwen3.6-plus qwen3.6-flash
    qwen3.7-max qwen3.7-plus qwen3.7-flash qwen3.8-max qwen3.8-flash deepseek-v4-pro glm-5`),
  deepseek: words("deepseek-flash deepseek-v4-pro deepseek-v4-flash"),
  openai: words(`gpt-6-astra gpt-6-sol gpt-6-luna gpt-5.6-sol gpt-5.6-terra gpt-5.6-luna gpt-5.5
    gpt-5.4 gpt-5.4-mini gpt-5.4-nano`),
};

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Everything known of a vendor's model. */
export function modelFacts(vendor: Vendor, model: string): ModelFacts {
  return factsOf[vendor](model);
}

const factsOf: Readonly<Record<Vendor, (model: string) => ModelFacts>> = {
  qwen: remember((model) => matching(table.qwen, model)),
  deepseek: remember((model) => matching(table.deepseek, model)),
  openai: remember((model) => matching(table.openai, model)),
};

function matching(rows: readonly Row[], model: string): ModelFacts {
  const facts = { ...unknownModel };
  for (const [pattern, more] of rows) if (pattern.test(model)) Object.assign(facts, more);
  return facts;
}

/** A model's context window in tokens; `null`: not known. */
export function contextWindowOf(vendor: Vendor, model: string): number | null {
  return modelFacts(vendor, model).contextWindow;
}

/** Names a vendor is known to serve, the usual ones first: not all of them. */
export function knownModels(vendor: Vendor): readonly string[] {
  return known[vendor];
}

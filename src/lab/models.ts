import type { LabProvider, LabVendor } from "./provider.ts";

/**
 * The names each vendor no longer serves.
 * DashScope: alibabacloud.com/help/en/model-studio/model-depreciation;
 * DeepSeek: api-docs.deepseek.com/quick_start/pricing.
 */
export const retiredModels: Readonly<Record<LabVendor, readonly string[]>> = {
  qwen: words(`
    qwen-turbo qwen-max qwen-vl-max qwen-vl-plus qwq-plus qvq-max
    qwen3-max qwen3-max-preview qwen3-coder-plus qwen3-32b qwen3-30b-a3b qwen3-235b-a22b
    qwen3-next-80b-a3b-instruct qwen-mt-turbo qwen3.6-max-preview
    deepseek-r1 deepseek-v3 deepseek-v3.1 deepseek-v3.2 glm-4.5 glm-4.7`),
  deepseek: ["deepseek-chat", "deepseek-reasoner"],
  openai: ["gpt-4-32k", "gpt-4.5-preview", "o1-preview", "o1-mini"],
};

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

const served: Readonly<Record<LabVendor, RegExp>> = {
  qwen: /^(qwen|qwq|qvq|deepseek|glm|kimi|minimax)/i,
  deepseek: /^deepseek-(flash|v4-flash|v4-pro|v4-flash-vision-exp|chat|reasoner)$/,
  openai: /^(gpt-|chatgpt-|o\d)/,
};

/** Whether the provider serves a model of this name. */
export function serves(provider: LabProvider, model: string): boolean {
  if (provider.retiredModels.includes(model)) return false;
  return provider.models?.includes(model) ?? served[provider.vendor].test(model);
}

const usual: Readonly<Record<LabVendor, readonly string[]>> = {
  qwen: words("qwen-plus qwen-flash qwen3.6-plus qwen3.7-max qwen3.7-plus deepseek-v4-pro glm-5"),
  deepseek: words("deepseek-flash deepseek-v4-flash deepseek-v4-pro"),
  openai: words("gpt-5.5 gpt-5.4 gpt-5.4-mini gpt-5.4-nano"),
};

/** The names a provider tells when it is asked for a list: not all that it serves. */
export function listedModels(provider: LabProvider): readonly string[] {
  const { models, vendor, retiredModels: retired } = provider;
  return (models ?? usual[vendor]).filter((name) => !retired.includes(name));
}

/** Whether a model of this name is asked on DashScope's multimodal path. */
export function isMultimodal(model: string): boolean {
  return /^qwen3\.[5-7]-(plus|flash)|^qwen(2\.5|3)?-vl|^qvq|omni/.test(model);
}

/** Whether a model of this name thinks when nobody says whether it should. */
export function thinksByDefault(vendor: LabVendor, model: string): boolean {
  switch (vendor) {
    case "qwen":
      return /^qwen3\.[5-9]|^qwen3-\d+b|^q[wv]q|^deepseek-(v4|r1)|^glm-5/.test(model);
    case "deepseek":
      return model !== "deepseek-chat";
    case "openai":
      return false;
  }
}

/** Whether a model of this name answers in streams only. */
export function onlyStreams(model: string): boolean {
  return /^q[wv]q/.test(model);
}

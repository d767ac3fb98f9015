import type { Pricing, Thinking } from "../../snapshot.ts";

/** What is known of a model's price at its vendor's own host: US dollars for a million tokens. */
type Row = {
  readonly host: RegExp;
  readonly model: RegExp;
  readonly input: number;
  readonly output: number;
  /** Where answers cost more while the model thinks. */
  readonly thinkingOutput?: number;
  readonly cachedInput: number | null;
  /** Longer prompts cost more, how much is not kept here; `null`: one price for all. */
  readonly promptMost: number | null;
  readonly asOf: string;
  readonly source: string;
};

// Off-peak it is half of this; which of the two held is not known afterwards (public holidays), so
// what is told is the most that it was.
const deepseek = {
  host: /^api\.deepseek\.com$/,
  promptMost: null,
  asOf: "2026-10-27",
  source: "api-docs.deepseek.com/quick_start/pricing, the peak hours' column",
} as const;

// Other regions have other prices, in part in yuan.
const singapore = {
  host: /^dashscope-intl\.aliyuncs\.com$/,
  promptMost: 256_000,
  asOf: "2026-06-26",
  source: "anomalyco/models.dev@0654d77, providers/alibaba/models",
} as const;

const rows: readonly Row[] = [
  {
    ...deepseek,
    model: /^deepseek-(flash|v4-flash)$/,
    input: 0.3,
    output: 1.2,
    cachedInput: 0.006,
  },
  { ...deepseek, model: /^deepseek-v4-pro$/, input: 1.32, output: 3.96, cachedInput: 0.044 },
  {
    ...singapore,
    ...{ model: /^qwen-plus$/, input: 0.4, output: 1.2, thinkingOutput: 4, cachedInput: 0.08 },
  },
  { ...singapore, model: /^qwen-flash$/, input: 0.05, output: 0.4, cachedInput: 0.01 },
  { ...singapore, model: /^qwen3\.5-plus$/, input: 0.4, output: 2.4, cachedInput: 0.04 },
  { ...singapore, model: /^qwen3\.6-plus$/, input: 0.5, output: 3, cachedInput: 0.05 },
  {
    ...singapore,
    ...{ model: /^qwen3\.8-max$/, input: 2, output: 6, cachedInput: null, promptMost: null },
    asOf: "2026-08-03",
    source:
      "docs.apiyi.com/en/news/qwen-3-8-max-launch, which quotes the vendor; vercel.com/ai-gateway",
  },
];

/** What a model costs at this URL, with this thinking; `null`: not known, as at every relay. */
export function knownPricing(url: string, model: string, thinking: Thinking): Pricing | null {
  const host = URL.parse(url)?.hostname ?? "";
  const row = rows.find((one) => one.host.test(host) && one.model.test(model));
  if (row === undefined) return null;
  const { input, output, thinkingOutput = output, cachedInput, promptMost, asOf } = row;
  const answer = thinking === "off" ? output : thinkingOutput;
  return { input, output: answer, cachedInput, promptMost, asOf };
}

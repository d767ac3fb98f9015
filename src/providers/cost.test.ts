import { describe, expect, test } from "vitest";
import type { Pricing } from "../snapshot.ts";
import { knownPricing } from "./catalogue.ts";
import { costOf, priceOf } from "./cost.ts";

const pricing: Pricing = { input: 2, output: 10, cachedInput: 0.5, promptMost: null, asOf: null };
const usage = {
  promptTokens: 1_000,
  completionTokens: 100,
  totalTokens: 1_100,
  reasoningTokens: null,
  cachedTokens: null,
};

describe("what an exchange cost", () => {
  test("prompt and answer at their prices, what was cached at its own", () => {
    expect(costOf(pricing, usage)).toBeCloseTo(0.003, 12);
    expect(costOf(pricing, { ...usage, cachedTokens: 800 })).toBeCloseTo(0.0018, 12);
    const plain = { ...pricing, cachedInput: null };
    expect(costOf(plain, { ...usage, cachedTokens: 800 })).toBeCloseTo(0.003, 12);
  });

  test("more cached than there was prompt is as much as there was", () => {
    expect(costOf(pricing, { ...usage, cachedTokens: 5_000 })).toBeCloseTo(0.0015, 12);
  });

  test("free is nothing, not known is not free", () => {
    const free = { ...pricing, input: 0, output: 0, cachedInput: 0 };
    expect(costOf(free, usage)).toBe(0);
    expect(costOf(null, usage)).toBeNull();
    expect(costOf(pricing, null)).toBeNull();
    expect(costOf(pricing, { ...usage, promptTokens: null })).toBeNull();
    expect(costOf(pricing, { ...usage, completionTokens: null })).toBeNull();
  });

  test("a prompt for which the prices do not hold has none", () => {
    const tiered = { ...pricing, promptMost: 1_000 };
    expect(costOf(tiered, usage)).not.toBeNull();
    expect(costOf(tiered, { ...usage, promptTokens: 1_001 })).toBeNull();
    expect(priceOf(tiered, { prompt: 1_001, answer: 1 })).toBeNull();
  });
});

describe("list prices", () => {
  const deepseek = "https://api.deepseek.com/v1/chat/completions";
  const singapore = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions";

  test("a vendor's own host and model", () => {
    expect(knownPricing(deepseek, "deepseek-flash", "off")).toMatchObject({
      input: 0.3,
      output: 1.2,
      cachedInput: 0.006,
    });
    expect(knownPricing(singapore, "qwen-plus", "off")).toMatchObject({ input: 0.4, output: 1.2 });
  });

  test("thinking has its own price where the vendor says so", () => {
    expect(knownPricing(singapore, "qwen-plus", "on")?.output).toBe(4);
    expect(knownPricing(singapore, "qwen-flash", "on")?.output).toBe(0.4);
  });

  test.each([
    ["a relay", "https://relay.example/deepseek/v1/chat/completions", "deepseek-flash"],
    ["a name that only ends alike", "https://api.deepseek.com.example/v1", "deepseek-flash"],
    ["another region", "https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen-plus"],
    ["another model", deepseek, "deepseek-flash-next"],
    ["another vendor's model", deepseek, "qwen-plus"],
    ["no URL", "deepseek", "deepseek-flash"],
  ])("not for %s", (_, url, model) => {
    expect(knownPricing(url, model, "off")).toBeNull();
  });
});

import type { Vendor } from "../../snapshot.ts";

/** What is true of a vendor whatever the model. */
export type VendorFacts = {
  /** The environment variables that usually hold a key, the likeliest first. */
  readonly keyVariables: readonly string[];
  /** Where a reply names itself, in lower case, the best first. */
  readonly requestIdHeaders: readonly string[];
  /** A temperature must stay below this; `null`: 2 itself is taken. */
  readonly temperatureBelow: number | null;
  /** Whether a tool may be forced on a model that is thinking. */
  readonly forcesToolsWhileThinking: boolean;
  /** Whether `response_format` is taken while the model thinks. */
  readonly formatsWhileThinking: boolean;
  /** What becomes of `reasoning_content` in earlier messages. */
  readonly reasoningHistory: "keep" | "strip" | "pad";
  readonly evidence: string;
};

const facts: Readonly<Record<Vendor, VendorFacts>> = {
  qwen: {
    keyVariables: ["DASHSCOPE_API_KEY", "QWEN_API_KEY"],
    requestIdHeaders: ["x-request-id"],
    temperatureBelow: 2,
    forcesToolsWhileThinking: true,
    formatsWhileThinking: false,
    reasoningHistory: "keep",
    evidence: "help.aliyun.com/zh/model-studio/qwen-api-via-dashscope",
  },
  deepseek: {
    keyVariables: ["DEEPSEEK_API_KEY"],
    requestIdHeaders: ["x-ds-trace-id", "x-request-id"],
    temperatureBelow: null,
    forcesToolsWhileThinking: false,
    formatsWhileThinking: true,
    reasoningHistory: "pad",
    evidence:
      "api-docs.deepseek.com/api/create-chat-completion, /guides/thinking_mode; " +
      "trace header: crmne/ruby_llm spec/fixtures/vcr_cassettes",
  },
  openai: {
    keyVariables: ["OPENAI_API_KEY"],
    requestIdHeaders: ["x-request-id", "apim-request-id", "x-generation-id"],
    temperatureBelow: null,
    forcesToolsWhileThinking: true,
    formatsWhileThinking: true,
    reasoningHistory: "strip",
    evidence: "developers.openai.com/api/reference/resources/chat",
  },
};

/** The facts of a vendor. */
export function vendorFacts(vendor: Vendor): VendorFacts {
  return facts[vendor];
}

/** The environment variables that usually hold a vendor's key, the likeliest first. */
export function usualKeyVariables(vendor: Vendor): readonly string[] {
  return facts[vendor].keyVariables;
}

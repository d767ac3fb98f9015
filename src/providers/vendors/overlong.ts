import type { FailureRow } from "../failure-row.ts";

const words = new RegExp(
  [
    "maximum context length|context_length_exceeded|exceeds the context window",
    "prompt is too long|range of input length should be|input token count .* exceeds",
    "exceeded model token limit|token length too long|prompt too long|too_many_prompt_tokens",
    "exceed_context_size|prompt exceeds max length|context window exceeds limit",
    "input length exceeds the context length|token limit reached",
  ].join("|"),
  "i",
);

/** How anybody says that a request is too long for the model, in words or by a code. */
export const overlong: readonly FailureRow[] = [
  {
    message: words,
    kind: "context_length",
    evidence:
      "help.aliyun.com/zh/model-studio/error-code; crmne/ruby_llm spec/fixtures/vcr_cassettes; " +
      "QwenLM/qwen-code packages/core/src/utils/contextLengthError.ts",
  },
  {
    code: words,
    kind: "context_length",
    evidence: "crmne/ruby_llm spec/fixtures/vcr_cassettes; ggml-org/llama.cpp tools/server",
  },
];

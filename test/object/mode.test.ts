import { describe, expect, test } from "vitest";
import { createKnownForms } from "../../src/object/known-forms.ts";
import type { ChatRequest } from "../../src/index.ts";
import { chooseMode } from "../../src/object/mode.ts";
import { wishFor } from "../../src/object/ask.ts";
import { createObjectReview } from "../../src/object/review.ts";
import { shapeOf } from "../../src/object/shape.ts";
import type { Provider } from "../../src/snapshot.ts";
import { sampleProvider } from "../samples.ts";
import { entryRequest, entrySchema } from "./world.ts";

/** The choice for hosts and models that no lab stands for, and what an answer can be besides. */

const native = "/api/v1/services/aigc/text-generation/generation";

function modeFor(changes: Partial<Provider>, request: ChatRequest = entryRequest) {
  const askable = { plain: true, known: true };
  const wishes = { wanted: null, refused: null };
  return chooseMode(request, sampleProvider("one", changes), askable, wishes).mode;
}

test.each([
  ["Qwen's later models in Beijing", "dashscope.aliyuncs.com", "qwen3.7-max", "json_schema"],
  ["Qwen's later models in Singapore", "dashscope-intl.aliyuncs.com", "qwen3.7-max", "json_object"],
  ["Qwen's multimodal models", "dashscope.aliyuncs.com", "qwen3-vl-plus", "json_object"],
  ["Qwen's models that hear", "dashscope.aliyuncs.com", "qwen3-omni-flash", "prompt"],
  ["DeepSeek's models at Qwen", "dashscope.aliyuncs.com", "deepseek-v4-pro", "prompt"],
] as const)("%s", (_what, host, model, mode) => {
  const endpoint = `https://${host}${native}`;
  expect(modeFor({ vendor: "qwen", protocol: "dashscope", endpoint, model })).toBe(mode);
});

test.each([
  ["gpt-4o", "json_schema"],
  ["gpt-4o-2024-05-13", "json_object"],
  ["gpt-4.1-mini", "json_schema"],
  ["gpt-4-turbo", "json_object"],
  ["gpt-4-0613", "prompt"],
  ["o1-mini", "json_object"],
  ["some-model-of-a-server-nobody-knows", "json_schema"],
])("%s in OpenAI's format is asked as %s", (model, mode) => {
  expect(modeFor({ model })).toBe(mode);
});

describe("a model that refuses", () => {
  async function judged(refusal: string, text: string) {
    const shape = await shapeOf(entrySchema, undefined);
    const wish = wishFor(shape, { name: "entry", description: null, mode: null });
    const review = createObjectReview(entryRequest, {
      shape,
      wish,
      repair: true,
      forms: createKnownForms(),
    });
    const provider = sampleProvider("openai");
    review.ask(provider);
    const said = { text, refusal, reasoning: "", toolCalls: [], usage: null };
    const failure = await review.judge(provider, { ...said, finishReason: "stop" }, null);
    return { failure, refused: review.refused() };
  }

  test("is not asked to mend it: its answer is content_filtered", async () => {
    const { failure, refused } = await judged("I cannot help with that.", "");
    expect(failure).toEqual({
      kind: "content_filtered",
      message: "The model refused to answer; look at what it was asked.",
    });
    expect(refused?.refusal).toBe("I cannot help with that.");
  });

  test("with words in the place of the object has answered wrongly", async () => {
    const { failure } = await judged("No.", "I cannot help with that.");
    expect(failure).toMatchObject({ kind: "malformed", repair: true });
  });
});

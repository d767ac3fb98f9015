import { describe, expect, test } from "vitest";
import {
  completeEndpoint,
  contextWindowOf,
  describeEndpoint,
  hostQuirks,
  knownModels,
  modelFacts,
  retirement,
  usualKeyVariables,
} from "./catalogue.ts";
import type { Vendor } from "../snapshot.ts";

const textPath = "/api/v1/services/aigc/text-generation/generation";
const mediaPath = "/api/v1/services/aigc/multimodal-generation/generation";

test.each([
  [`https://dashscope.aliyuncs.com${textPath}`, "dashscope", "qwen"],
  ["https://dashscope.aliyuncs.com", "dashscope", "qwen"],
  ["https://dashscope-intl.aliyuncs.com/api/v1", "dashscope", "qwen"],
  ["https://dashscope-us.aliyuncs.com/compatible-mode/v1", "openai_chat", "qwen"],
  ["https://cn-hongkong.dashscope.aliyuncs.com", "dashscope", "qwen"],
  ["https://ws-1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1", "openai_chat", "qwen"],
  ["https://coding-intl.dashscope.aliyuncs.com/v1", "openai_chat", "qwen"],
  ["https://api.deepseek.com/v1/chat/completions", "openai_chat", "deepseek"],
  ["https://API.DeepSeek.com./beta", "openai_chat", "deepseek"],
  ["https://api.openai.com/v1", "openai_chat", "openai"],
  ["https://me.openai.azure.com/openai/v1", "openai_chat", "openai"],
  [`http://127.0.0.1:8080${textPath}`, "dashscope", "qwen"],
  ["http://127.0.0.1:8080/compatible-mode/v1/chat/completions", "openai_chat", "qwen"],
  ["http://[::1]:8080/v1/chat/completions", "openai_chat", "openai"],
  ["https://proxy.example/deepseek/v1/chat/completions", "openai_chat", "deepseek"],
  ["https://notdeepseek.com/v1", "openai_chat", "openai"],
  ["https://dashscope.aliyuncs.com.evil.example/v1", "openai_chat", "openai"],
  ["no URL", "openai_chat", "openai"],
])("%s is %s of %s", (url, protocol, vendor) => {
  expect(describeEndpoint(url)).toEqual({ protocol, vendor });
});

describe("an endpoint", () => {
  test.each([
    [`https://dashscope.aliyuncs.com${textPath}`, "qwen-turbo"],
    [`https://dashscope.aliyuncs.com${mediaPath}`, "qwen3.7-plus"],
    ["https://api.deepseek.com/v1/chat/completions", "deepseek-chat"],
    ["https://proxy.example/some/path", "m"],
    ["https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "d"],
    [`http://127.0.0.1:8080${textPath}`, "qwen-plus"],
    ["https://dashscope.aliyuncs.com/api/v1/services/aigc/text2image/image-synthesis", "wan"],
  ])("that is whole stays as it is: %s", (url, model) => {
    expect(completeEndpoint(url, model)).toEqual({ url, remark: null });
  });

  test.each([
    ["https://api.deepseek.com", "deepseek-flash", "https://api.deepseek.com/chat/completions"],
    ["https://api.deepseek.com/v1/", "m", "https://api.deepseek.com/v1/chat/completions"],
    ["https://api.openai.com", "gpt-6-sol", "https://api.openai.com/v1/chat/completions"],
    ["https://api.openai.com/v1", "gpt-6-sol", "https://api.openai.com/v1/chat/completions"],
    [
      "https://api.openai.com/v1/chat/completions/",
      "m",
      "https://api.openai.com/v1/chat/completions",
    ],
    ["http://127.0.0.1:8080", "m", "http://127.0.0.1:8080/v1/chat/completions"],
    [
      "https://open.bigmodel.cn/api/paas/v4",
      "glm-5",
      "https://open.bigmodel.cn/api/paas/v4/chat/completions",
    ],
    ["https://a.openai.azure.com", "d", "https://a.openai.azure.com/openai/v1/chat/completions"],
    [
      "https://a.openai.azure.com/openai/deployments/d?api-version=1",
      "d",
      "https://a.openai.azure.com/openai/deployments/d/chat/completions?api-version=1",
    ],
    ["https://dashscope.aliyuncs.com", "qwen-plus", `https://dashscope.aliyuncs.com${textPath}`],
    [
      "https://dashscope.aliyuncs.com/api/v1",
      "qwen-plus",
      `https://dashscope.aliyuncs.com${textPath}`,
    ],
    [
      "https://dashscope.aliyuncs.com/api/v1/",
      "qwen3.7-plus",
      `https://dashscope.aliyuncs.com${mediaPath}`,
    ],
    [
      `https://dashscope.aliyuncs.com${textPath}`,
      "qwen3.7-plus",
      `https://dashscope.aliyuncs.com${mediaPath}`,
    ],
    [
      `https://dashscope.aliyuncs.com${mediaPath}`,
      "qwen-flash",
      `https://dashscope.aliyuncs.com${textPath}`,
    ],
    [`http://127.0.0.1:8080${textPath}`, "qwen3-vl-plus", `http://127.0.0.1:8080${mediaPath}`],
    [
      "https://dashscope.aliyuncs.com/compatible-mode/v1",
      "m",
      "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
    ],
    [
      "https://coding.dashscope.aliyuncs.com",
      "m",
      "https://coding.dashscope.aliyuncs.com/v1/chat/completions",
    ],
  ])("that is not is completed, and that is said: %s for %s", (url, model, wanted) => {
    const { url: completed, remark } = completeEndpoint(url, model);
    expect(completed).toBe(wanted);
    expect(remark).toContain(new URL(wanted).pathname);
    expect(completeEndpoint(completed, model).remark).toBeNull();
  });

  test("follows a protocol that the configuration states", () => {
    expect(completeEndpoint("http://lab.internal", "qwen-plus", "dashscope").url).toBe(
      `http://lab.internal${textPath}`,
    );
    expect(completeEndpoint("https://dashscope.aliyuncs.com", "qwen-plus", "openai_chat").url).toBe(
      "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
    );
  });
});

test("the classic file's models are known to be gone", () => {
  expect(retirement("qwen", "qwen-turbo")).toMatchObject({
    since: "2026-07-13",
    replacement: "qwen-flash",
  });
  expect(retirement("deepseek", "deepseek-chat")?.replacement).toBe("deepseek-flash");
  expect(retirement("openai", "qwen-turbo")).toBeNull();
});

test("what replaces a model is not retired itself", () => {
  for (const vendor of ["qwen", "deepseek", "openai"] as const satisfies Vendor[]) {
    for (const model of knownModels(vendor)) expect(retirement(vendor, model)).toBeNull();
  }
  for (const old of ["qwen-max", "qwen3-max", "qwen-vl-max", "deepseek-v3.2", "glm-4.7"]) {
    expect(knownModels("qwen")).toContain(retirement("qwen", old)?.replacement);
  }
});

test("a model's thinking has the switch of its vendor", () => {
  expect(modelFacts("qwen", "qwen-plus").thinking?.off).toEqual({ enable_thinking: false });
  expect(modelFacts("qwen", "qwen-max").thinking).toBeNull();
  expect(modelFacts("deepseek", "deepseek-flash").thinking?.off).toEqual({
    thinking: { type: "disabled" },
  });
  expect(modelFacts("openai", "gpt-5.4-mini").thinking?.off).toEqual({ reasoning_effort: "none" });
  expect(modelFacts("openai", "gpt-6-sol").thinking?.off).toEqual({ reasoning_effort: "none" });
  expect(modelFacts("openai", "gpt-4o").thinking).toBeNull();
  expect(modelFacts("openai", "some-llama").thinking).toBeNull();
});

test("some models only stream, with some thinking", () => {
  expect(modelFacts("qwen", "qwen-plus").streamOnly).toEqual(["on"]);
  expect(modelFacts("qwen", "qwq-plus").streamOnly).toContain("off");
  expect(modelFacts("qwen", "qwen3.7-max").streamOnly).toEqual([]);
  expect(modelFacts("deepseek", "deepseek-flash").streamOnly).toEqual([]);
});

test("windows, keys and hosts", () => {
  expect(contextWindowOf("deepseek", "deepseek-flash")).toBe(1_048_565);
  expect(contextWindowOf("openai", "some-llama")).toBeNull();
  expect(usualKeyVariables("qwen")[0]).toBe("DASHSCOPE_API_KEY");
  expect(hostQuirks("https://a.openai.azure.com/openai/v1").keyHeader).toBe("api-key");
  expect(hostQuirks("https://api.perplexity.ai").endMark).toBe("finish");
  expect(hostQuirks("http://127.0.0.1:1/v1").maxTokensField).toBe("max_tokens");
});

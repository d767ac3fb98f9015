import { expect, test } from "vitest";
import { sampleProvider } from "../../test/samples.ts";
import { noNeeds } from "./needs.ts";
import { rank } from "./rank.ts";

const names = (ranking: ReturnType<typeof rank>) => ranking.providers.map(({ name }) => name);

test("in the order given, which is the configuration's", () => {
  const given = [
    sampleProvider("a", { priority: 2 }),
    sampleProvider("b", { priority: 1 }),
    sampleProvider("c", { priority: 2 }),
    sampleProvider("d", { priority: 1 }),
  ];
  expect(names(rank(given, noNeeds))).toEqual(["a", "b", "c", "d"]);
  expect(given.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
});

test("who is left out is told everything that is lacking", () => {
  const small = sampleProvider("small", { contextWindow: 100, capabilities: ["cheap"] });
  const needs = { capabilities: ["tools", "cheap", "images"], estimatedTokens: 201 };
  expect(rank([small], needs)).toEqual({
    providers: [],
    leftOut: [
      {
        provider: "small",
        reason:
          "not for tools, not for images, " +
          "the prompt is too long (about 201 tokens, its window 100)",
        until: null,
      },
    ],
  });
});

test("an estimate that is only a little too large is no reason", () => {
  const small = sampleProvider("small", { contextWindow: 100 });
  expect(names(rank([small], { ...noNeeds, estimatedTokens: 200 }))).toEqual(["small"]);
  expect(names(rank([small], { ...noNeeds, estimatedTokens: 201 }))).toEqual([]);
});

test("the file's word on images beats the catalogue's, but not the path's", () => {
  const images = { ...noNeeds, capabilities: ["images"] };
  const model = "deepseek-chat";
  const silent = sampleProvider("silent", { vendor: "deepseek", model });
  const sure = sampleProvider("sure", { vendor: "deepseek", model, capabilities: ["images"] });
  const texts = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";
  const path = sampleProvider("path", {
    ...{ vendor: "qwen", protocol: "dashscope", endpoint: texts, capabilities: ["images"] },
  });
  expect(names(rank([silent, sure, path], images))).toEqual(["sure"]);
});

import { describe, expect, test } from "vitest";
import { load, shape, shapes } from "./load.ts";

/** Files as older programs wrote them load as they are, and mean what they were meant to. */

test.each(shapes)("%s loads as it is", (name) => {
  const { snapshot, told } = load(shape(name));
  expect(snapshot).not.toBeNull();
  expect(told.filter((line) => !/: (?:note|warning): /u.test(line))).toEqual([]);
});

describe("flat and nested", () => {
  test.each(["flat", "nested"] as const)("%s: the default, then the fallbacks", (name) => {
    const { snapshot, routes } = load(shape(name));
    expect(routes).toEqual({ default: ["zhipu", "qwen"] });
    expect(snapshot?.routes["default"]?.members).toEqual(["zhipu", "qwen", "deepseek"]);
    expect(snapshot?.routes["default"]?.policy).toMatchObject({
      maxSwitches: 3,
      switchOnFailure: true,
      switchOnTimeout: true,
      prefer: "order",
    });
  });

  test("they are one configuration", () => {
    const [flat, nested] = [load(shape("flat")).snapshot, load(shape("nested")).snapshot];
    expect(flat?.routes).toEqual(nested?.routes);
    expect(flat?.providers).toEqual(nested?.providers);
  });

  test("nobody is warned of what is obeyed", () => {
    const { told } = load(shape("nested"));
    const older = told.filter((line) => /^(?:model_selection|updated)/u.test(line));
    expect(older).toMatchSnapshot();
  });
});

test("tasks: those they prefer, then the default, then the fallbacks, with their settings", () => {
  const { snapshot, routes } = load(shape("tasks"));
  expect(routes).toEqual({
    default: ["qwen"],
    diary_writing: ["qwen", "zhipu"],
    weather_analysis: ["qwen"],
    creative_content: ["qwen"],
    coding_tasks: ["qwen"],
    translation: ["zhipu", "qwen"],
  });
  const members = (name: string) => snapshot?.routes[name]?.members;
  expect(members("diary_writing")).toEqual(["qwen", "zhipu", "deepseek"]);
  expect(members("creative_content")).toEqual(["ollama_qwen3", "qwen", "deepseek"]);
  expect(snapshot?.routes["translation"]?.providers[0]).toMatchObject({
    name: "zhipu",
    maxTokens: 300,
    temperature: 0.2,
  });
});

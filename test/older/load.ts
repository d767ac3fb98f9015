import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfiguration } from "../../src/config/load.ts";
import { sayProblem } from "../../src/errors.ts";

/** The variables under which the keys of the older files are. */
export const keys: Readonly<Record<string, string>> = {
  DASHSCOPE_API_KEY: "sk-test-qwen",
  DEEPSEEK_API_KEY: "sk-test-deepseek",
  ZHIPU_API_KEY: "sk-test-zhipu",
};

/** The shapes that older programs wrote. */
export const shapes = ["classic", "flat", "nested", "tasks"] as const;

/** The text of an older file; zhipu's key, which no host gives away, is taken from a variable. */
export function shape(name: (typeof shapes)[number]): string {
  const text = readFileSync(join(import.meta.dirname, `${name}.json`), "utf8");
  return text.replace("your-zhipu-api-key", "env:ZHIPU_API_KEY");
}

/** Loads a text or what would be one, with all keys set; what is told has no places. */
export function load(content: string | object, variables = keys) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const refuse = () => {
    throw new Error("no file is asked for");
  };
  const { snapshot, problems } = loadConfiguration(text, {
    environment: { get: (name) => variables[name] },
    files: { readSync: refuse, read: () => Promise.reject(new Error("nor here")) },
  });
  const told = problems.map((problem) => sayProblem("f", problem).replace(/^f:\d+:\d+ /u, ""));
  const routes = Object.entries(snapshot?.routes ?? {}).map(
    ([name, route]) => [name, route.providers.map((one) => one.name)] as const,
  );
  return { snapshot, problems, told, routes: Object.fromEntries(routes) };
}

import { expect, test } from "vitest";
import { LLMProviderError } from "../../src/index.ts";
import { labWorld } from "../world.ts";

const vendors = { qwen: { vendor: "qwen" }, deepseek: { vendor: "deepseek" } } as const;
const world = (routes: object) => labWorld({ providers: vendors }, { routes });

test("a task is answered on its route, with what the route asks for", async () => {
  const { lab, manager, play } = world({
    diary_writing: { providers: ["deepseek"], overrides: { max_tokens: 60, temperature: 0.9 } },
  });
  const task = manager.generateTextForTask("diary_writing", "Say hello.", "You are brief.");
  expect(await play(task)).not.toBe("");
  expect(lab.requests.map(({ provider }) => provider)).toEqual(["deepseek"]);
  expect(JSON.parse(lab.requests[0]?.body ?? "{}")).toMatchObject({
    max_tokens: 60,
    temperature: 0.9,
    messages: [
      { role: "system", content: "You are brief." },
      { role: "user", content: "Say hello." },
    ],
  });
});

test("the tasks there are", () => {
  const { manager } = world({ a: {}, default: { providers: ["deepseek", "qwen"] }, b: {} });
  expect(manager.getAvailableTasks()).toEqual(["a", "b"]);
  expect(manager.getCurrentProvider()?.providerName).toBe("deepseek");
});

test("a task that there is not is refused by name, with those there are", async () => {
  const { manager } = world({ translation: {} });
  const error: unknown = await manager.generateTextForTask("translate", "x").catch((e) => e);
  expect(error).toBeInstanceOf(LLMProviderError);
  expect(String(error)).toContain(
    'There is no route "translate"; did you mean "translation"? The configuration has default',
  );
});

test("a task whose name is missing is no task, and a system prompt of null is none", async () => {
  const { lab, manager, play } = world({});
  const missing = undefined as unknown as string;
  const task = manager.generateTextForTask(missing, "x");
  await expect(task).rejects.toThrow('There is no route "undefined"');
  expect(lab.requests).toEqual([]);
  expect(await play(manager.generateTextWithFailover("Say hello.", null))).not.toBe("");
  expect(lab.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { input: { messages: [{ role: "user", content: "Say hello." }] } },
  ]);
});

test.each([
  ["nothing else said", {}],
  ["a deadline", { deadline: 60 }],
  ["waiting for somebody", { when_exhausted: "wait" }],
])("a task on which nobody can be used says why of each: %s", async (_, failover) => {
  const { manager, play } = labWorld(
    { providers: { ...vendors, spare: { vendor: "deepseek" } } },
    {
      entries: { qwen: { api_key: "" } },
      routes: { solo: { providers: ["qwen", "deepseek"] } },
      failover,
    },
  );
  const asked = { messages: [{ role: "user", content: "x" } as const] };
  manager.disableProvider("deepseek");
  const error: unknown = await play(manager.generateTextForTask("solo", "x")).catch((e) => e);
  expect(error).toMatchObject({ kind: "unavailable", attempts: [] });
  expect(String(error)).toContain("deepseek: is disabled by disableProvider()");
  expect(String(error)).toContain("qwen: has no key (");
  const { providers, deadlineMs } = manager.explain(asked, { route: "solo" });
  expect(providers.map(({ state }) => state)).toEqual(["not_configured", "disabled"]);
  expect(deadlineMs).toBeGreaterThan(1_000);
});

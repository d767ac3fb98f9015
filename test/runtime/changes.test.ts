import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { LLMConfigManager, LLMConfigurationError } from "../../src/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { labWorld } from "../world.ts";

/** What is changed while running, without touching the file. */

const vendors = {
  qwen: { vendor: "qwen" },
  deepseek: { vendor: "deepseek" },
  openai: { vendor: "openai" },
} as const;
const messages = [{ role: "user", content: "Say hello." }] as const;

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof LLMConfigurationError) return error.message;
    throw error;
  }
  return "it was done";
}

describe("what is asked from then on", () => {
  test("a provider that the file disables is enabled, and disabled again", async () => {
    const entries = { qwen: { enabled: false } };
    const { manager, play } = labWorld({ providers: vendors }, { entries });
    expect((await play(manager.generate({ messages }))).provider).toBe("deepseek");
    expect(manager.enableProvider("qwen").changes).toContain('"qwen" was enabled');
    expect((await play(manager.generate({ messages }))).provider).toBe("qwen");
    expect(manager.getProviderStatus().configuration.revisions).toEqual([
      { provider: "qwen", setting: "enabled", file: false, now: true },
    ]);
    manager.disableProvider("qwen");
    expect((await play(manager.generate({ messages }))).provider).toBe("deepseek");
    expect(manager.getProviderStatus().configuration.revisions).toEqual([]);
  });

  test("disabling the one that failed over to is no trouble", async () => {
    const { lab, manager, play } = labWorld({ providers: vendors });
    lab.script("qwen", always(fault.status(500)));
    expect((await play(manager.generate({ messages }))).provider).toBe("deepseek");
    manager.disableProvider("deepseek");
    expect((await play(manager.generate({ messages }))).provider).toBe("openai");
    expect(manager.getProviderStatus().providers["deepseek"]).toMatchObject({ enabled: false });
  });

  test("a priority goes before the file's, and does not demote the default", async () => {
    const { manager } = labWorld({ providers: vendors });
    manager.setDefaultProvider("deepseek");
    manager.setProviderPriority("openai", 1);
    expect(manager.explain({ messages: [...messages] }).order).toEqual([
      "deepseek",
      "openai",
      "qwen",
    ]);
    expect(manager.getCurrentProvider()?.providerName).toBe("deepseek");
    manager.setDefaultProvider("qwen");
    expect(manager.explain({ messages: [...messages] }).order[0]).toBe("qwen");
  });

  test("a default holds until the file puts somebody else first", async () => {
    const file = (first: string, max = 150) => {
      const entry = { api_endpoint: "https://api.deepseek.com/v1/chat/completions" };
      const one = (key: string) => ({ ...entry, api_key: key, model_name: "m", max_tokens: max });
      const providers = { a: one("sk-test-a"), b: one("sk-test-b"), c: one("sk-test-c") };
      return JSON.stringify({ default_provider: first, providers });
    };
    const folder = await mkdtemp(join(tmpdir(), "standin-changes-"));
    const path = join(folder, "llm.json");
    await writeFile(path, file("a"));
    const manager = new LLMConfigManager(path, { watch: false, observers: [() => {}] });
    manager.setDefaultProvider("c");
    expect(manager.getProviderStatus().configuration.revisions).toEqual([
      { provider: "c", setting: "default", file: "a", now: true },
    ]);
    await writeFile(path, file("a", 77));
    await manager.reloadConfiguration();
    expect(manager.getCurrentProvider()?.providerName).toBe("c");
    await writeFile(path, file("b", 77));
    await manager.reloadConfiguration();
    expect(manager.getCurrentProvider()?.providerName).toBe("b");
    expect(manager.getProviderStatus().configuration.revisions).toEqual([]);
    await manager.close();
    await rm(folder, { recursive: true });
  });

  test("a request under way keeps the provider it is with", async () => {
    const { manager, play } = labWorld({ providers: vendors });
    const request = manager.generate({ messages });
    manager.disableProvider("qwen");
    expect((await play(request)).provider).toBe("qwen");
  });

  test("what was learnt of a provider stays, and it is told as an applied configuration", async () => {
    const { lab, manager, play, events } = labWorld({ providers: vendors });
    lab.script("qwen", always(fault.status(401)));
    await play(manager.generate({ messages }));
    manager.setProviderPriority("openai", 1);
    expect(manager.getProviderStatus().providers["qwen"]?.state).toBe("cooling");
    await play(Promise.resolve());
    const applied = events.filter(({ type }) => type === "configuration-applied");
    expect(applied.at(-1)).toMatchObject({ version: 2, fresh: false });
  });
});

describe("what cannot be done is refused, and changes nothing", () => {
  const only = { entries: { deepseek: { enabled: false }, openai: { enabled: false } } };

  test.each<[string, (manager: LLMConfigManager) => unknown, string]>([
    [
      "an unknown name",
      (m) => m.enableProvider("qwn"),
      "there is no such provider. There are qwen",
    ],
    ["the last one", (m) => m.disableProvider("qwen"), "every provider is disabled"],
    ["no number", (m) => m.setProviderPriority("qwen", Number.NaN), "a number from 0 to 1000"],
    ["a disabled default", (m) => m.setDefaultProvider("openai"), "is disabled. Enable it first"],
  ])("%s", (_, act, said) => {
    const { manager } = labWorld({ providers: vendors }, only);
    const refused = refusal(() => act(manager));
    expect(refused).toContain(said);
    // The file is right, and must not be blamed.
    if (said !== "every provider is disabled")
      expect(refused).toMatch(/^The change cannot be made/u);
    expect(manager.getProviderStatus().configuration).toMatchObject({
      applied: { version: 1 },
      rejected: null,
      revisions: [],
    });
  });

  test("one that has no key", () => {
    const entries = { openai: { enabled: false, api_key: "env:STANDIN_TEST_NO_SUCH_KEY" } };
    const { manager } = labWorld({ providers: vendors }, { entries });
    expect(refusal(() => manager.enableProvider("openai"))).toContain(
      "cannot be asked: it has no key (variable STANDIN_TEST_NO_SUCH_KEY)",
    );
  });
});

describe("beside the file", () => {
  let folder = "";
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const entry = {
    api_endpoint: "http://localhost:9/v1/chat/completions",
    api_key: "env:STANDIN_TEST_KEY",
    model_name: "m",
  };
  const text = (changes: object) =>
    JSON.stringify({
      providers: { a: { ...entry, ...changes }, b: { ...entry, model_name: "n" } },
    });

  test("it holds over a reload, until the file says something else; the file is as it was", async () => {
    folder = await mkdtemp(join(tmpdir(), "standin-runtime-"));
    const path = join(folder, "llm.json");
    await writeFile(path, text({}));
    const environment = { get: () => "sk-test-runtime" };
    const manager = new LLMConfigManager(path, { watch: false, ports: { environment } });
    manager.disableProvider("a");
    expect(await readFile(path, "utf8")).toBe(text({}));
    await writeFile(path, text({ timeout: 9 }));
    await manager.reloadConfiguration();
    expect(manager.getProviderConfig("a")).toMatchObject({ enabled: false, timeout: 9 });
    await writeFile(path, text({ enabled: false }));
    await manager.reloadConfiguration();
    await writeFile(path, text({ enabled: true }));
    await manager.reloadConfiguration();
    expect(manager.getProviderConfig("a")?.enabled).toBe(true);
    await manager.close();
  });
});

test("a file refused only for what was changed while running is taken once that is taken back", async () => {
  const entry = { api_endpoint: "https://api.deepseek.com/v1/chat/completions", model_name: "m" };
  const file = (max: number, enabled: boolean) =>
    JSON.stringify({
      providers: {
        a: { ...entry, api_key: "sk-test-a", max_tokens: max },
        b: { ...entry, api_key: "sk-test-b", enabled },
      },
    });
  const folder = await mkdtemp(join(tmpdir(), "standin-changes-"));
  const path = join(folder, "llm.json");
  await writeFile(path, file(1, true));
  const manager = new LLMConfigManager(path, { watch: false, observers: [() => {}] });
  manager.disableProvider("a");
  await writeFile(path, file(2, false));
  const refused = await manager.reloadConfiguration().catch((error: unknown) => error);
  expect(String(refused)).toContain(
    "every provider is disabled, a by disableProvider(). Put one in use again by enableProvider()",
  );
  expect(manager.getProviderStatus().configuration.rejected).not.toBeNull();
  manager.enableProvider("a");
  expect(manager.getProviderConfig("a")?.maxTokens).toBe(2);
  expect(manager.getProviderStatus().configuration.rejected).toBeNull();
  await manager.close();
  await rm(folder, { recursive: true });
});

test("a manager that was closed changes and reads nothing", async () => {
  const { manager } = labWorld({ providers: vendors });
  await manager.close();
  expect(refusal(() => manager.disableProvider("qwen"))).toContain("the manager was closed");
  await expect(manager.reloadConfiguration()).rejects.toThrow("the manager was closed");
});

describe("an option that there is not", () => {
  const hello = { messages: [...messages] };

  test("is refused with the one that was meant, before anything is sent", async () => {
    const { lab, manager } = labWorld({ providers: vendors });
    const misspelt = { rout: "private" } as object;
    const error: unknown = await manager.generate(hello, misspelt).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "bad_request" });
    expect(String(error)).toContain("There is no option `rout`; did you mean `route`?");
    expect(lab.requests).toEqual([]);
    expect(() => manager.explain(hello, misspelt)).toThrow("There is no option `rout`");
    const object = manager.generateObject(hello, { schema: { type: "object" }, ...misspelt });
    await expect(object).rejects.toThrow("There is no option `rout`");
    // A stream is asked for by stream(): here it would change nothing.
    const streamed = { stream: true } as object;
    await expect(manager.generate(hello, streamed)).rejects.toThrow("There is no option `stream`");
    expect(manager.explain(hello, { stream: true }).order).toHaveLength(3);
    const notOne = "private" as unknown as object;
    expect(() => manager.explain(hello, notOne)).toThrow("must be an object");
    await expect(manager.generate(hello, notOne)).rejects.toThrow("must be an object");
  });

  test("is refused where it would go to the provider as a field of the request", async () => {
    const { lab, manager } = labWorld({ providers: vendors });
    for (const option of [{ route: "private" }, { deadlineMs: 5 }, { provider: "qwen" }]) {
      const [name] = Object.keys(option);
      const said = `\`${name}\` is an option, and no field of the request`;
      await expect(manager.generate({ ...hello, ...option })).rejects.toThrow(said);
      await expect(manager.stream({ ...hello, ...option }).answer).rejects.toThrow(said);
      expect(() => manager.explain({ ...hello, ...option })).toThrow(said);
    }
    expect(lab.requests).toEqual([]);
    // OpenRouter's own field of this name is an object.
    const theirs = manager.explain({ ...hello, provider: { order: ["groq"] } });
    expect(theirs.order).toHaveLength(3);
  });

  test("is refused of a manager too", () => {
    const made = (options: object) => () => LLMConfigManager.from({}, options);
    expect(made({ wacth: false })).toThrow("There is no option `wacth`; did you mean `watch`?");
    expect(made({ watch: "no" })).toThrow("`watch` must be true or false.");
  });
});

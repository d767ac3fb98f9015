import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Event } from "../../src/index.ts";
import { checkConfiguration, LLMConfigManager, LLMConfigurationError } from "../../src/index.ts";
import { quietWorld, textOf } from "./quiet-world.ts";
import { placeOf, realManager } from "./real-world.ts";

/** Rows of what went wrong elsewhere, each with the behaviour that would have been right. */

const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function world() {
  const place = await placeOf(textOf(1));
  const real = realManager(place.file);
  ending.push(
    () => real.manager.close({ graceMs: 0 }),
    () => place.remove(),
  );
  return { place, ...real };
}

const all = (changes: object) =>
  JSON.stringify({ providers: { one: { ...JSON.parse(textOf(9)).providers.one, ...changes } } });

/** Files that cannot be used, of every kind. */
const bad: readonly (readonly [string, string])[] = [
  ["that is no JSON", "{"],
  ["that is only half there", textOf(2).slice(0, 50)],
  ["without providers", '{ "providers": {} }'],
  ["that is a list", "[]"],
  ["that is null", "null"],
  ["whose provider is null", '{ "providers": { "one": null } }'],
  ["with every provider disabled", all({ enabled: false })],
  ["with a placeholder for a key", all({ api_key: "env:STANDIN_TEST_NOT_SET" })],
  ["with values of the wrong kind", all({ timeout: "30", temperature: "hot", max_tokens: -1 })],
  ["with a misspelt key", all({ temperatur: 1 })],
  ["nested deeper than anybody means", "[".repeat(100)],
  ["of two megabytes", `${textOf(2)}${" ".repeat(2_000_000)}`],
  ["that is no text", "\u0000\u0001"],
];

describe("part C: reload to a bad or empty file — the last good one is kept, the error told", () => {
  test.each(bad)("a file %s", async (_, text) => {
    const { held, pass, news, mark, manager, events } = quietWorld();
    held.set("llm.json", text);
    news();
    await pass(2_500);
    expect(mark()).toBe(1);
    expect(manager.getCurrentProvider()?.providerName).toBe("one");
    const { applied, rejected } = manager.getProviderStatus().configuration;
    expect(applied.version).toBe(1);
    expect(rejected?.problems.some(({ severity }) => severity === "error")).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "configuration-rejected" });
  });

  test("an empty file", async () => {
    const { held, pass, news, mark, told } = quietWorld();
    held.set("llm.json", "");
    news();
    await pass(2_500);
    expect(mark()).toBe(1);
    expect(told()).toEqual(["applied", "rejected"]);
  });
});

test("part C: edit file — applied, and an event emitted", async () => {
  const { place, applied, mark } = await world();
  await writeFile(place.file, textOf(2));
  await applied(2);
  expect(mark()).toBe(2);
});

test("§6.6 litellm#20409, #30772: an edit needs no restart, and no call either", async () => {
  const { place, applied, told } = await world();
  for (const mark of [2, 3]) {
    await writeFile(place.file, textOf(mark));
    await applied(mark);
  }
  expect(told()).toHaveLength(3);
});

test("§6.6 openclaw#76044, #71289: the file is never written, whatever is wrong with it", async () => {
  const { place, event } = await world();
  const text = "{ // mine\n";
  await writeFile(place.file, text);
  const { mtimeMs } = await stat(place.file);
  await event(({ type }) => type === "configuration-rejected");
  expect(await readFile(place.file, "utf8")).toBe(text);
  expect((await stat(place.file)).mtimeMs).toBe(mtimeMs);
  expect(await readdir(place.folder)).toEqual(["llm.json"]);
});

test("§6.6 agentgateway#3029: what is in force and what was refused are told apart", async () => {
  const { held, pass, news, manager, events } = quietWorld();
  const { applied } = manager.getProviderStatus().configuration;
  held.set("llm.json", all({ timeout: -1 }));
  news();
  await pass(300);
  const status = manager.getProviderStatus().configuration;
  expect(status.applied).toEqual(applied);
  expect(status.rejected).toMatchObject({ at: expect.any(Number) as number });
  const late: Event[] = [];
  manager.subscribe((event) => void late.push(event));
  await pass(10);
  expect(late).toEqual([events[0]]);
});

describe("§6.6 envoyproxy/gateway#9059: start, reload and check judge alike", () => {
  test.each(bad)("a file %s", async (_, text) => {
    const { held, pass, news, manager } = quietWorld();
    held.set("llm.json", text);
    const ofReload = await manager.reloadConfiguration().catch((error: unknown) => error);
    held.set("llm.json", textOf(1));
    news();
    await pass(300);
    held.set("llm.json", text);
    news();
    await pass(2_500);
    const ofLook = manager.getProviderStatus().configuration.rejected?.problems;
    const ofCheck = checkConfiguration(text);
    expect((ofReload as LLMConfigurationError).problems).toEqual(ofCheck);
    expect(ofLook).toEqual(ofCheck);
    expect(() => quietWorld({ files: { "llm.json": text } })).toThrow(
      (ofReload as LLMConfigurationError).message,
    );
  });
});

test("§6.6 carapace#412: loading has no side effects, so a refusal has none to undo", async () => {
  const before = { ...process.env };
  const { held, pass, news, manager } = quietWorld();
  const providers = manager.getProviderConfig("one");
  held.set("llm.json", all({ api_key: "env:STANDIN_TEST_NOT_SET" }));
  news();
  await pass(300);
  expect(process.env).toEqual(before);
  expect(manager.getProviderConfig("one")).toEqual(providers);
});

test("§6.6 litellm#27852, #11423, #28443: every manager of a file says which version it has", async () => {
  const { place, applied, manager } = await world();
  const other = realManager(place.file);
  ending.push(() => other.manager.close());
  await writeFile(place.file, textOf(2));
  await Promise.all([applied(2), other.applied(2)]);
  const [one, two] = [manager, other.manager].map(
    (each) => each.getProviderStatus().configuration.applied,
  );
  expect(one).toMatchObject({ version: 2, hash: two?.hash });
});

test("§6.6 OmniRoute#3147: a provider that was taken out is nowhere any more", async () => {
  const two = { two: JSON.parse(textOf(1)).providers.one as object };
  const more = JSON.stringify({ providers: { ...JSON.parse(textOf(1)).providers, ...two } });
  const { held, pass, news, manager } = quietWorld({ files: { "llm.json": more } });
  expect(Object.keys(manager.getProviderStatus().providers)).toEqual(["one", "two"]);
  held.set("llm.json", textOf(1));
  news();
  await pass(300);
  expect(Object.keys(manager.getProviderStatus().providers)).toEqual(["one"]);
  expect(manager.getProviderConfig("two")).toBeUndefined();
  const order = manager.explain({ messages: [{ role: "user", content: "Hello" }] });
  expect(JSON.stringify(order)).not.toContain('"two"');
});

test("§6.6: managers in one process share nothing", async () => {
  const one = quietWorld();
  const other = quietWorld();
  one.held.set("llm.json", "{");
  one.news();
  await one.pass(300);
  other.held.set("llm.json", textOf(5));
  other.news();
  await other.pass(300);
  expect([one.mark(), other.mark()]).toEqual([1, 5]);
  expect(other.manager.getProviderStatus().configuration.rejected).toBeNull();
  expect(one.told()).toEqual(["applied", "rejected"]);
  await one.manager.close();
  other.held.set("llm.json", textOf(6));
  await other.pass(5_300);
  expect(other.mark()).toBe(6);
});

test("part B 29: a file that is missing at the start is an error, and is not invented", async () => {
  const { place } = await world();
  const missing = `${place.folder}/none.json`;
  expect(() => new LLMConfigManager(missing)).toThrow(LLMConfigurationError);
  expect(await readdir(place.folder)).toEqual(["llm.json"]);
});

test("a file may be named by its URL, and no other address", async () => {
  const { place } = await world();
  const url = pathToFileURL(`${place.folder}/llm.json`);
  const manager = new LLMConfigManager(url, { watch: false });
  expect(manager.getCurrentProvider()?.providerName).toBe("one");
  await manager.close();
  const far = new URL("https://example.com/llm.json");
  expect(() => new LLMConfigManager(far)).toThrow(
    "The configuration must be a file: its URL begins with https:",
  );
});

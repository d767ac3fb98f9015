import { describe, expect, test } from "vitest";
import type { Event } from "../../src/index.ts";
import { quietWorld, textOf } from "./quiet-world.ts";

const path = "/run/secrets/one";
const withFile = (mark: number) => textOf(mark, { api_key: `file:${path}` });
const world = () => quietWorld({ files: { "llm.json": withFile(1), [path]: "sk-test-1111" } });

/** The key in force, told apart by its digest alone. */
function keyOf(events: readonly Event[]): string | undefined {
  const applied = events.filter((event) => event.type === "configuration-applied");
  return applied.at(-1)?.providers[0]?.identity.key;
}

describe("a key file", () => {
  test("is watched beside the file that names it", () => {
    const { watches } = world();
    expect(watches.map(({ paths }) => paths)).toEqual([["llm.json", path]]);
  });

  test("that is rotated takes effect, and is told without the key", async () => {
    const { held, pass, news, events } = world();
    await pass(0);
    const before = keyOf(events);
    held.set(path, "sk-test-2222");
    news();
    await pass(200);
    expect(keyOf(events)).not.toBe(before);
    expect(events.at(-1)).toMatchObject({
      ...{ type: "configuration-applied", version: 2, fresh: false },
      changes: ['"one": api_key changed (file /run/secrets/one)'],
    });
    expect(JSON.stringify(events)).not.toContain("2222");
  });

  test("is watched however its name is spelt", () => {
    const spelt = withFile(1).replace("file:", "\\u0046\\u0069le:");
    const files = { "llm.json": spelt, [path]: "sk-test-1111" };
    expect(quietWorld({ files }).watches.map(({ paths }) => paths)).toEqual([["llm.json", path]]);
  });

  test("that is rotated without news is found by looking", async () => {
    const { held, pass, told } = world();
    held.set(path, "sk-test-2222");
    await pass(5_300);
    expect(told()).toEqual(["applied", "applied"]);
  });

  test("that is away or empty for a moment is nothing to tell", async () => {
    const { held, pass, news, told } = world();
    held.delete(path);
    news();
    await pass(1_000);
    held.set(path, "\n");
    await pass(900);
    held.set(path, "sk-test-1111");
    news();
    await pass(6_000);
    expect(told()).toEqual(["applied"]);
  });

  test("that stays away is told, and its last content stays in force", async () => {
    const { held, pass, news, told, manager, events } = world();
    await pass(0);
    const before = keyOf(events);
    held.delete(path);
    news();
    await pass(10_000);
    expect(told()).toEqual(["applied", "rejected"]);
    expect(keyOf(events)).toBe(before);
    const [problem] = manager.getProviderStatus().configuration.rejected?.problems ?? [];
    expect(problem).toMatchObject({ path: "providers.one.api_key" });
    held.set(path, "sk-test-2222");
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "applied"]);
  });

  test("that is rotated while its file is wrong takes effect all the same", async () => {
    const { held, pass, news, told, manager, events } = world();
    await pass(0);
    const before = keyOf(events);
    held.set("llm.json", "{");
    news();
    await pass(300);
    held.set(path, "sk-test-2222");
    news();
    await pass(600);
    expect(told()).toEqual(["applied", "rejected", "applied"]);
    expect(keyOf(events)).not.toBe(before);
    const { applied, rejected } = manager.getProviderStatus().configuration;
    expect(applied.version).toBe(2);
    expect(rejected?.problems[0]?.message).toContain("is missing");
    await pass(20_000);
    held.set("llm.json", withFile(1));
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "applied", "restored"]);
  });

  test("that only a refused file names is watched too: the file is tried again", async () => {
    const { held, pass, news, told, watches, mark } = world();
    held.set("llm.json", textOf(2, { api_key: "file:/run/secrets/two" }));
    news();
    await pass(3_000);
    expect(told()).toEqual(["applied", "rejected"]);
    expect(watches.at(-1)?.paths).toEqual(["llm.json", path, "/run/secrets/two"]);
    expect(watches.filter(({ open }) => open)).toHaveLength(1);
    held.set("/run/secrets/two", "sk-test-2222");
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "applied"]);
    expect(mark()).toBe(2);
    expect(watches.at(-1)?.paths).toEqual(["llm.json", "/run/secrets/two"]);
  });

  test("that a provider out of use names and nobody has is waited for once", async () => {
    const idle = { enabled: false, api_key: "file:/run/secrets/none" };
    const more = (mark: number) => {
      const { providers } = JSON.parse(withFile(mark)) as { providers: { one: object } };
      return JSON.stringify({ providers: { ...providers, two: { ...providers.one, ...idle } } });
    };
    const { held, pass, news, mark } = quietWorld({
      files: { "llm.json": more(1), [path]: "sk-test-1111" },
    });
    held.set("llm.json", more(2));
    news();
    await pass(200);
    expect(mark()).toBe(2);
  });

  test("is read in the background: a reload reads nothing at once", async () => {
    const { held, pass, news, manager, mark, reads } = world();
    const before = reads.atOnce;
    held.set("llm.json", withFile(2));
    news();
    await pass(200);
    expect(mark()).toBe(2);
    await manager.reloadConfiguration();
    expect(reads.atOnce).toBe(before);
  });
});

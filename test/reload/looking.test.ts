import { describe, expect, test } from "vitest";
import { LLMConfigManager } from "../../src/index.ts";
import { systemPorts } from "../../src/node/ports.ts";
import { createManualClock } from "../manual-clock.ts";
import { quietWorld, textOf } from "./quiet-world.ts";

describe("a change", () => {
  test("of which nobody tells is found by looking every 5 s", async () => {
    const { held, pass, told, mark } = quietWorld();
    held.set("llm.json", textOf(2));
    await pass(4_900);
    expect(mark()).toBe(1);
    await pass(300);
    expect(mark()).toBe(2);
    expect(told()).toEqual(["applied", "applied"]);
  });

  test("of which the system tells is in force a tenth of a second later", async () => {
    const { held, pass, news, mark } = quietWorld();
    held.set("llm.json", textOf(2));
    news();
    await pass(90);
    expect(mark()).toBe(1);
    await pass(20);
    expect(mark()).toBe(2);
  });

  test("is told with what it changed, and is no reload that was asked for", async () => {
    const { held, pass, news, events } = quietWorld();
    held.set("llm.json", textOf(2));
    news();
    await pass(200);
    expect(events.at(-1)).toMatchObject({
      ...{ type: "configuration-applied", version: 2, fresh: false },
      changes: ['"one": max_tokens changed from 1 to 2'],
    });
  });

  test("that a burst of saves is becomes one reload, of the last", async () => {
    const { held, pass, news, told, mark } = quietWorld();
    for (let save = 2; save <= 20; save += 1) {
      held.set("llm.json", textOf(save));
      news();
      news();
      await pass(30);
    }
    expect(told()).toEqual(["applied"]);
    await pass(200);
    expect(told()).toEqual(["applied", "applied"]);
    expect(mark()).toBe(20);
  });

  test("to nothing new, a mere touch, is no reload and no event", async () => {
    const { held, pass, news, told, manager } = quietWorld();
    held.set("llm.json", textOf(1));
    news();
    await pass(12_000);
    expect(told()).toEqual(["applied"]);
    expect(manager.getProviderStatus().configuration.applied.version).toBe(1);
  });

  test("and back before it settled is none either", async () => {
    const { held, pass, news, told } = quietWorld();
    held.set("llm.json", textOf(2));
    news();
    await pass(50);
    held.set("llm.json", textOf(1));
    await pass(6_000);
    expect(told()).toEqual(["applied"]);
  });
});

describe("a file that is being written", () => {
  test("is not applied before two readings agree", async () => {
    const { held, pass, news, told, mark } = quietWorld();
    const whole = textOf(2);
    for (let length = 5; length < whole.length; length += 5) {
      held.set("llm.json", whole.slice(0, length));
      news();
      await pass(60);
    }
    held.set("llm.json", whole);
    await pass(300);
    expect(told()).toEqual(["applied", "applied"]);
    expect(mark()).toBe(2);
  });

  test("and was emptied first may stay empty for a while, untold", async () => {
    const { held, pass, news, told, mark } = quietWorld();
    held.set("llm.json", " \n");
    news();
    await pass(1_500);
    held.set("llm.json", textOf(2));
    await pass(300);
    expect(told()).toEqual(["applied", "applied"]);
    expect(mark()).toBe(2);
  });

  test("and stops halfway is told as wrong, and applied once it is whole", async () => {
    const { held, pass, news, told, mark, manager } = quietWorld();
    held.set("llm.json", textOf(2).slice(0, 40));
    news();
    await pass(1_000);
    expect(told()).toEqual(["applied", "rejected"]);
    expect(mark()).toBe(1);
    held.set("llm.json", textOf(2));
    news();
    await pass(300);
    expect(mark()).toBe(2);
    expect(manager.getProviderStatus().configuration.rejected).toBeNull();
  });
});

describe("a file that is away", () => {
  test("for a moment only is nothing to tell", async () => {
    const { held, pass, news, told } = quietWorld();
    held.delete("llm.json");
    news();
    await pass(1_900);
    held.set("llm.json", textOf(1));
    news();
    await pass(6_000);
    expect(told()).toEqual(["applied"]);
  });

  test("for 2 s is told once, and the last good one stays", async () => {
    const { held, pass, news, told, mark, manager } = quietWorld();
    held.delete("llm.json");
    news();
    await pass(60_000);
    expect(told()).toEqual(["applied", "rejected"]);
    expect(mark()).toBe(1);
    const { rejected, applied } = manager.getProviderStatus().configuration;
    expect(applied.version).toBe(1);
    expect(rejected?.problems[0]?.message).toContain("there is no such file");
  });

  test("and comes back as it was lifts the refusal, and another one is applied", async () => {
    const { held, pass, news, told, mark } = quietWorld();
    held.delete("llm.json");
    news();
    await pass(3_000);
    held.set("llm.json", textOf(1));
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "restored"]);
    held.delete("llm.json");
    news();
    await pass(3_000);
    held.set("llm.json", textOf(2));
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "restored", "rejected", "applied"]);
    expect(mark()).toBe(2);
  });
});

describe("a file that is wrong", () => {
  const wrong = textOf(2, { timeout: -1, max_tokens: "many" });

  test("is told once with all its problems, and again only when it changes", async () => {
    const { held, pass, news, told, events } = quietWorld();
    held.set("llm.json", wrong);
    news();
    await pass(30_000);
    expect(told()).toEqual(["applied", "rejected"]);
    const [rejected] = events.slice(-1).filter(({ type }) => type === "configuration-rejected");
    const problems = rejected !== undefined && "problems" in rejected ? rejected.problems : [];
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(errors.map(({ path }) => path)).toEqual([
      "providers.one.max_tokens",
      "providers.one.timeout",
    ]);
    held.set("llm.json", `${wrong}\n`);
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "rejected"]);
  });

  test("and then what it was before: the refusal is lifted, and nothing is applied", async () => {
    const { held, pass, news, told, manager } = quietWorld();
    held.set("llm.json", wrong);
    news();
    await pass(300);
    expect(manager.getProviderStatus().configuration.rejected).not.toBeNull();
    held.set("llm.json", textOf(1));
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected", "restored"]);
    const { applied, rejected } = manager.getProviderStatus().configuration;
    expect({ version: applied.version, rejected }).toEqual({ version: 1, rejected: null });
  });

  test("is told to the process, whole, where nobody observes", async () => {
    const { held, pass, news, warnings } = quietWorld({ alone: true });
    await pass(10);
    warnings.length = 0;
    held.set("llm.json", wrong);
    news();
    await pass(20_000);
    expect(warnings).toEqual([expect.stringMatching(/max_tokens.*\n.*timeout/u)]);
  });

  test("in strict mode by a warning alone is refused as at the start", async () => {
    const object = { api_key: "env:KEY" };
    const environment = { get: () => "sk-test-one" };
    const { held, pass, news, told } = quietWorld({
      files: { "llm.json": textOf(1, object) },
      options: { strict: true, ports: { environment } },
    });
    held.set("llm.json", textOf(2, { ...object, unheard_of: 1 }));
    news();
    await pass(300);
    expect(told()).toEqual(["applied", "rejected"]);
  });
});

test("a fault of the surroundings is told as a refusal, and the looking goes on", async () => {
  let isBroken = false;
  const get = () => {
    if (isBroken) throw new TypeError("no environment");
    return "sk-test-one";
  };
  const { held, pass, news, told, mark } = quietWorld({
    options: { ports: { environment: { get } } },
  });
  isBroken = true;
  held.set("llm.json", textOf(2, { api_key: "env:KEY" }));
  news();
  await pass(300);
  expect(told()).toEqual(["applied", "rejected"]);
  isBroken = false;
  held.set("llm.json", textOf(3, { api_key: "env:KEY" }));
  news();
  await pass(300);
  expect(mark()).toBe(3);
});

describe("a reload that is asked for", () => {
  test("while a change settles comes first, and what settled does not undo it", async () => {
    const { held, pass, news, manager, mark, told } = quietWorld();
    held.set("llm.json", textOf(2));
    news();
    await pass(50);
    held.set("llm.json", textOf(3));
    await manager.reloadConfiguration();
    expect(mark()).toBe(3);
    await pass(6_000);
    expect(mark()).toBe(3);
    expect(told()).toEqual(["applied", "applied"]);
  });

  test("and reads late is not undone by what settled in the meantime", async () => {
    const { held, pass, news, manager, mark, events, reads } = quietWorld();
    const release = reads.holdNext("last");
    const reloaded = manager.reloadConfiguration();
    await pass(0);
    held.set("llm.json", textOf(2));
    news();
    await pass(300);
    // The look has settled on 2, and waits for its turn behind the reload, which will read 3.
    held.set("llm.json", textOf(3));
    release();
    await reloaded;
    await pass(50);
    expect(mark()).toBe(3);
    await pass(300);
    expect(mark()).toBe(3);
    const changes = events.flatMap((event) =>
      event.type === "configuration-applied" ? [event.changes] : [],
    );
    expect(changes).toEqual([[], ['"one": max_tokens changed from 1 to 3']]);
  });

  test("and comes late with what it read early is not the last word", async () => {
    const { held, pass, news, manager, mark, reads } = quietWorld();
    const release = reads.holdNext("first");
    const reloaded = manager.reloadConfiguration();
    await pass(0);
    held.set("llm.json", textOf(2));
    news();
    await pass(300);
    release();
    expect((await reloaded).changes).toEqual([]);
    await pass(300);
    expect(mark()).toBe(2);
  });

  test("and refused is not told a second time by the look that follows", async () => {
    const { held, pass, news, manager, told } = quietWorld();
    held.set("llm.json", "{");
    await expect(manager.reloadConfiguration()).rejects.toThrow(/missing/u);
    news();
    await pass(6_000);
    expect(told()).toEqual(["applied", "rejected"]);
    held.set("llm.json", textOf(1));
    await pass(6_000);
    expect(told()).toEqual(["applied", "rejected", "restored"]);
  });
});

describe("a watcher that fails", () => {
  test("is told once, and the file is looked at all the same", async () => {
    const { held, pass, failures, events, told, mark } = quietWorld();
    const full = new Error("ENOSPC: System limit for number of file watchers reached");
    failures.forEach((fail) => [1, 2, 3].forEach(() => fail(full)));
    await pass(50);
    expect(told()).toEqual(["applied", "unwatched"]);
    expect(events.at(-1)).toMatchObject({
      message: `llm.json is only looked at every 5 s: ${full.message}`,
    });
    held.set("llm.json", textOf(2));
    await pass(5_200);
    expect(mark()).toBe(2);
  });

  test("at once, by throwing, is told as well, to the process where nobody observes", async () => {
    const watch = () => {
      throw new Error("no inotify here");
    };
    const { held, pass, warnings, mark } = quietWorld({
      alone: true,
      options: { ports: { watch } },
    });
    await pass(50);
    expect(warnings.join("\n")).toContain("every 5 s: no inotify here");
    held.set("llm.json", textOf(2));
    await pass(5_200);
    expect(mark()).toBe(2);
  });
});

describe("what is watched", () => {
  test("is nothing with `watch: false`", async () => {
    const { held, pass, watches, clock, mark } = quietWorld({ options: { watch: false } });
    held.set("llm.json", textOf(2));
    await pass(10_000);
    expect(watches).toEqual([]);
    expect(clock.pending()).toBe(0);
    expect(mark()).toBe(1);
  });

  test("is nothing of an object without key files, and the key files of one with", () => {
    const clock = createManualClock();
    const watched: (readonly string[])[] = [];
    const watch = (paths: readonly string[]) => {
      watched.push(paths);
      return () => {};
    };
    const bytes = () => new TextEncoder().encode("sk-test-one");
    const files = { readSync: bytes, read: async () => bytes() };
    const ports = { ...systemPorts(), clock, watch, files };
    LLMConfigManager.from(JSON.parse(textOf(1)) as object, { ports, observers: [() => {}] });
    expect([watched, clock.pending()]).toEqual([[], 1]);
    const withFile = JSON.parse(textOf(1, { api_key: "file:/run/secrets/one" })) as object;
    LLMConfigManager.from(withFile, { ports, observers: [() => {}] });
    expect(watched).toEqual([["/run/secrets/one"]]);
  });

  test("ends with close(), in the middle of a change too", async () => {
    const { held, pass, news, manager, watches, clock, told } = quietWorld();
    held.set("llm.json", textOf(2));
    news();
    await pass(50);
    await manager.close();
    expect(watches.map(({ open }) => open)).toEqual([false]);
    await pass(20_000);
    expect(clock.pending()).toBe(0);
    expect(told()).toEqual(["applied"]);
  });
});

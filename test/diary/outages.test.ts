import { describe, expect, test } from "vitest";
import { always as forEver, fault } from "standin/lab";
import { simulatedNames } from "../../examples/diary/simulated/lab.ts";
import type { Settings } from "../../examples/diary/settings.ts";
import { isBright } from "../../examples/diary/write/mood-words.ts";
import { diaryHouse, exampleContext } from "./house.ts";
import { always, diaryWorld, morning } from "./world.ts";

const { catalogue, settings, agents } = diaryHouse();
const minuteMs = 60_000;
// A holiday's entry has a day of its own.
const types = [...new Map(catalogue.events.map((one) => [one.type, one])).values()]
  .filter(({ type }) => type !== "holiday")
  .slice(0, 5);

/** Each provider marks what it writes, so that a wrong credit is seen. */
const marks: Readonly<Record<string, string>> = { "sim-qwen": "甲", "sim-deepseek": "乙" };

const marked = (well: string, _ask: unknown, provider: string): string =>
  well.replace('"content":"', `"content":"${marks[provider] ?? "?"}`);

/** A due entry every minute: five types of so many users, each event told twice. */
async function liveADay(
  users: number,
  changes: (usual: Settings) => Settings,
  at: Readonly<Record<number, (world: ReturnType<typeof diaryWorld>) => void>>,
) {
  const world = diaryWorld({ settings: (usual) => changes(always(usual)), reply: marked });
  const told: Promise<unknown>[] = [];
  const ids: string[] = [];
  for (let minute = 0; minute < users * types.length; minute += 1) {
    at[minute]?.(world);
    const event = types[minute % types.length]?.name ?? "";
    const id = `e${minute}`;
    const user = `user-${Math.floor(minute / types.length)}`;
    const input = { id, event, user, context: exampleContext(event) };
    ids.push(id);
    told.push(world.diary.take(input), world.diary.take(input));
    await world.pass(minuteMs);
  }
  await world.pass(60 * minuteMs);
  await Promise.all(told);
  return { ...world, ids, entries: world.store.entries({}) };
}

const minuteOf = (at: number) => (at - morning) / minuteMs;

describe("Show 3: a provider dies in the middle of a day", () => {
  test("every due entry is written once, by whom it says, and the first one writes again", async () => {
    const { entries, ids, news } = await liveADay(24, (usual) => usual, {
      40: ({ lab }) => lab.script("sim-qwen", forEver(fault.reset())),
      80: ({ lab }) => lab.heal("sim-qwen"),
    });
    expect(entries.map(({ id }) => id)).toEqual(ids);
    for (const { content, provider, source } of entries) {
      expect(source).toBe("model");
      expect(content.startsWith(marks[provider ?? ""] ?? "!")).toBe(true);
    }
    const by = (from: number, to: number) =>
      new Set(
        entries.flatMap(({ at, provider }) =>
          minuteOf(at) >= from && minuteOf(at) < to ? [provider] : [],
        ),
      );
    expect(by(0, 40)).toEqual(new Set(["sim-qwen"]));
    expect(by(40, 80)).toEqual(new Set(["sim-deepseek"]));
    expect([...by(85, 120)]).toEqual(["sim-qwen"]);
    expect(news.filter(({ type }) => type === "trouble")).toEqual([]);
  });
});

describe("Show 4: all providers down for an hour", () => {
  const down = {
    20: ({ lab }: ReturnType<typeof diaryWorld>) => {
      for (const name of simulatedNames) lab.script(name, forEver(fault.status(503)));
    },
    80: ({ lab }: ReturnType<typeof diaryWorld>) => lab.heal(),
  };

  test("with fallback, the entries of that hour are marked and fit their events", async () => {
    const { entries, ids } = await liveADay(24, (usual) => usual, down);
    expect(entries.map(({ id }) => id)).toEqual(ids);
    for (const { at, source, provider, type, event, title, content, tags } of entries) {
      const wasDown = minuteOf(at) >= 20 && minuteOf(at) < 80;
      if (wasDown || source === "fallback") {
        expect({ source, provider }).toEqual({ source: "fallback", provider: null });
        const sign = agents.get(type).events.get(event)?.sign ?? "neutral";
        if (sign !== "unpleasant") continue;
        expect(isBright(title + content, settings.moodWords)).toBe(false);
        expect(tags).not.toContain("开心快乐");
      } else expect(content.startsWith(marks[provider ?? ""] ?? "!")).toBe(true);
    }
    expect(entries.filter(({ source }) => source === "fallback").length).toBeLessThan(64);
    expect(entries.at(-1)?.source).toBe("model");
  });

  test("with queue, they appear after recovery, in order, once, and by whom they say", async () => {
    const queue = (usual: Settings): Settings => ({
      ...usual,
      writing: { ...usual.writing, whenAllFail: "queue" },
    });
    const { entries, ids, news, lab, store } = await liveADay(24, queue, down);
    const written = news.flatMap((one) => (one.type === "entry" ? [one.entry] : []));
    expect(written.map(({ id }) => id)).toEqual(ids);
    expect(entries.map(({ id }) => id)).toEqual(ids);
    expect(store.nextRetry()).toBeNull();
    for (const { source, content, provider } of entries) {
      expect(source).toBe("model");
      expect(content.startsWith(marks[provider ?? ""] ?? "!")).toBe(true);
    }
    const ofThatHour = entries.filter(({ at }) => minuteOf(at) >= 20 && minuteOf(at) < 80);
    expect(ofThatHour).toHaveLength(60);
    for (const { writtenAt } of ofThatHour) expect(minuteOf(writtenAt)).toBeGreaterThanOrEqual(80);
    const late = Math.max(...ofThatHour.map(({ writtenAt }) => minuteOf(writtenAt)));
    expect(late).toBeLessThan(88);
    // An hour of outage is no storm of calls.
    expect(simulatedNames.reduce((sum, name) => sum + lab.tally(name).requests, 0)).toBeLessThan(
      200,
    );
  });

  test("what waits too long is the family's own after all", async () => {
    const short = (usual: Settings): Settings => ({
      ...usual,
      writing: { ...usual.writing, whenAllFail: "queue", queueMs: 10 * minuteMs },
    });
    const { entries, ids } = await liveADay(6, short, {
      2: ({ lab }) => {
        for (const name of simulatedNames) lab.script(name, forEver(fault.status(503)));
      },
    });
    expect(entries.map(({ id }) => id)).toEqual(ids);
    expect(entries.map(({ source }) => source).slice(2)).toEqual(Array(28).fill("fallback"));
  });
});

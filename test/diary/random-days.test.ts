import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import fc from "fast-check";
import { LLMProviderError, type Clock } from "standin";
import { seededRandom } from "standin/lab";
import { dayAfter, localTime, momentOf } from "../../examples/diary/decide/local-time.ts";
import { createDiary } from "../../examples/diary/diary.ts";
import { createVirtualClock } from "../../examples/diary/simulated/virtual-clock.ts";
import { openStore } from "../../examples/diary/store/store.ts";
import { countGraphemes } from "../../examples/diary/text/graphemes.ts";
import type { ObjectMaker } from "../../examples/diary/write/ask-entry.ts";
import { entrySchema, type EntrySchema } from "../../examples/diary/write/entry-schema.ts";
import { settleTags, tagsFor } from "../../examples/diary/write/vocabulary.ts";
import { diaryHouse, exampleContext } from "./house.ts";

/** Show 2: rules that hold whatever happens, restarts in the middle included. */

const house = diaryHouse();
const { catalogue, settings, agents, vocabulary } = house;
// In memory where that can be had: this test is about rules, and not about the disk.
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const folder = mkdtempSync(join(place, "diary-days-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contexts = new Map(catalogue.events.map(({ name }) => [name, exampleContext(name)]));
const names = catalogue.events.map(({ name }) => name);

/** A model and its manager in one: fails, never answers, says too much or the wrong thing. */
function wildManager(random: { next(): number }, clock: Clock): ObjectMaker {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
  const words = ["今天很好。", "👩🏻‍❤️‍💋‍👨🏼", "我", "难过", "开心！", "x".repeat(40), "\n\u202e", ""];
  const text = () => Array.from({ length: 1 + Math.floor(random.next() * 9) }, () => pick(words));
  const tags = [...vocabulary.list, "费解", "happy", "无", "liked"];
  async function generateObject(_: unknown, options: { schema: EntrySchema }) {
    const luck = random.next();
    // Some are under way when the process ends.
    if (luck < 0.05) await new Promise<void>((over) => void clock.setTimer(60_000, over));
    if (luck < 0.2) throw new LLMProviderError({ kind: "unavailable", message: "nobody" });
    if (luck < 0.22) throw new Error("a defect");
    const { validate } = options.schema["~standard"];
    for (const source of ["model", "repaired"] as const) {
      const said = {
        title: text().join(""),
        content: text().join(""),
        emotion_tags: Array.from({ length: Math.floor(random.next() * 5) }, () => pick(tags)),
      };
      const result = validate(said);
      const answer = { source, provider: "p", model: "m", attempts: [{}], usage: null };
      if ("value" in result) return { ...answer, object: result.value };
    }
    throw new LLMProviderError({ kind: "malformed", message: "no object" });
  }
  return { generateObject, getProviderConfig: () => undefined } as unknown as ObjectMaker;
}

/** A clock on which nothing happens any more after the kill. */
function mortal(clock: Clock) {
  let alive = true;
  const living = (task: () => void) => () => (alive ? task() : undefined);
  const own: Clock = {
    now: () => clock.now(),
    setTimer: (delayMs, task) => clock.setTimer(delayMs, living(task)),
    defer: (task) => clock.defer(living(task)),
  };
  return { clock: own, kill: () => void (alive = false) };
}

/** So many days of so many users, with a restart now and then; what came of all events. */
async function liveDays(seed: number, days: number, users: number) {
  const random = seededRandom(seed);
  const path = join(folder, `${seed}.sqlite`);
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  let lives = 0;
  let ids = 0;
  function begin() {
    lives += 1;
    const store = openStore(path, `life-${lives}`);
    const newId = () => `new-${(ids += 1)}`;
    const mine = mortal(clock);
    const parts = { ...house, store, clock: mine.clock, random, newId, tell: () => {} };
    const diary = createDiary({ ...parts, manager: wildManager(random, mine.clock) });
    return { store, diary, kill: mine.kill };
  }
  let life = begin();
  const told: object[] = [];
  for (let day = 0; day < days; day += 1) {
    const moments = Array.from({ length: users * 3 }, () => Math.floor(random.next() * 1_440));
    for (const minute of moments.toSorted((a, b) => a - b)) {
      const at = Date.UTC(2026, 0, 1 + day, 0, minute);
      await clock.live(at);
      // One in twenty events is told again, as it was.
      const before = told[Math.floor(random.next() * 20)];
      const event = names[Math.floor(random.next() * names.length)] ?? "";
      const user = `user-${Math.floor(random.next() * users)}`;
      const context = contexts.get(event);
      const input = before ?? { id: `e${(ids += 1)}`, event, user, at, context };
      told.unshift(input);
      told.length = Math.min(told.length, 3);
      life.diary.take(input).catch(() => {});
      if (random.next() < 0.005) {
        // As a kill would: nothing is tidied up.
        life.kill();
        life.store.close();
        life = begin();
      }
    }
  }
  await clock.live(clock.now() + 2 * 86_400_000);
  return life.store;
}

const usersOfARun = 10;

describe("10,000 random days, with restarts in the middle", () => {
  const timeout = 180_000;
  test.each([1, 2, 3, 4])(
    "quota, once a type and required hold (run %i)",
    { timeout },
    async (seed) => {
      const store = await liveDays(seed, 250, usersOfARun);
      const events = store.events({});
      const entries = store.entries({});
      const written = new Set(entries.map(({ id }) => id));
      expect(entries.length).toBeGreaterThan(1_000);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);

      const days = new Map<string, typeof events>();
      for (const one of events) {
        const key = `${one.user} ${one.day}`;
        days.set(key, [...(days.get(key) ?? []), one]);
        // Whatever was decided has its reason; what was to be written is, once.
        expect(one.reason).not.toBe("");
        expect(one.state === "written").toBe(written.has(one.id));
        expect(["reserved", "queued"]).not.toContain(one.state);
        if (one.name === "toy_claimed" && one.reason !== "failed")
          expect(one.state).toBe("written");
        if (one.type === "neglect" && one.state === "written") {
          const { time } = localTime(one.at, settings.anybody.timeZone);
          expect(time >= "08:00" && time < "21:00", time).toBe(true);
        }
      }
      expect(days.size).toBeGreaterThan(usersOfARun * 200);
      for (const [key, ofDay] of days) {
        const rolled = ofDay.filter(
          ({ state, reason }) => state === "written" && reason === "rolled",
        );
        const quotas = new Set(rolled.map(({ detail }) => detail["quota"]));
        expect(quotas.size, key).toBeLessThanOrEqual(1);
        expect(rolled.length, key).toBeLessThanOrEqual(Number([...quotas][0] ?? 0));
        expect(rolled.length, key).toBeLessThanOrEqual(5);
        expect(new Set(rolled.map(({ type }) => type)).size, key).toBe(rolled.length);
      }
      for (const entry of entries) {
        const sign = agents.get(entry.type).events.get(entry.event)?.sign ?? "neutral";
        expect(countGraphemes(entry.title)).toBeLessThanOrEqual(6);
        expect(countGraphemes(entry.content)).toBeLessThanOrEqual(35);
        expect(settleTags(entry.tags, sign, 3, vocabulary)).toEqual({
          tags: entry.tags,
          refused: [],
        });
        expect(entry.provider === null).toBe(entry.source === "fallback");
      }
      store.close();
    },
  );

  test("the hours of neglect are of the next day", () => {
    const at = momentOf(dayAfter("2026-02-28", 1), 8 * 60, "Asia/Shanghai");
    expect(localTime(at, "Asia/Shanghai")).toEqual({ day: "2026-03-01", time: "08:00" });
  });
});

describe("an entry of whatever a model says", () => {
  const anyText = fc.string({ unit: fc.constantFrom("我", "。", "👩🏻‍❤️‍💋‍👨🏼", "\u202e", "\n", "a", "́") });
  const near = fc.record({
    title: fc.oneof(anyText, fc.anything()),
    content: fc.oneof(anyText, fc.string({ maxLength: 300 })),
    emotion_tags: fc.array(fc.oneof(fc.constantFrom(...vocabulary.list), fc.anything())),
  });
  const signs = fc.constantFrom("pleasant" as const, "unpleasant" as const, "neutral" as const);

  test("is within its limits in graphemes, and its tags are from the list", () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), near, signs, (first, second, sign) => {
        const schema = entrySchema({
          ...{ limits: { title: 6, content: 35, tags: 3 }, sign, vocabulary },
          ...{ moodWords: settings.moodWords, hinted: ["平静"], names },
          afterThisAnswer: (task) => task(),
        })["~standard"];
        for (const said of [first, second]) {
          const result = schema.validate(said);
          if (!("value" in result)) continue;
          expect(countGraphemes(result.value.title)).toBeLessThanOrEqual(6);
          expect(countGraphemes(result.value.content)).toBeLessThanOrEqual(35);
          expect(result.value.title.length + result.value.content.length).toBeGreaterThan(1);
          expect(result.value.tags.length).toBeGreaterThan(0);
          expect(result.value.tags.length).toBeLessThanOrEqual(3);
          const allowed = tagsFor(sign, vocabulary);
          expect(result.value.tags.every((tag) => allowed.includes(tag))).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

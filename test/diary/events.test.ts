import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkEvent } from "../../examples/diary/event/check-event.ts";
import { diaryHouse, exampleContext } from "./house.ts";

const { catalogue, agents, settings } = diaryHouse();
const now = Date.UTC(2026, 10, 22, 4);
const house = {
  catalogue,
  agents,
  profileOf: (user: string) => settings.users.get(user) ?? settings.anybody,
  newId: () => "new",
};
const check = (input: unknown) => checkEvent(input, now, house);
const weather = {
  event: "favorite_weather",
  user: "lily",
  context: exampleContext("favorite_weather"),
};

describe("an event", () => {
  test("is taken with what its agent needs, and nothing else of its context", () => {
    const context = { ...weather.context, secret: 1, tomorrow: "晴" };
    const { event } = check({ ...weather, id: "e1", at: "2026-11-22T23:30:00+08:00", context });
    expect(event).toBeNull();
    const earlier = check({ ...weather, id: "e1", at: "2026-11-22T08:00:00+08:00", context });
    expect(earlier.event).toMatchObject({
      ...{ id: "e1", name: "favorite_weather", type: "weather", day: "2026-11-22" },
      context: { city: "上海", weather: "小雨转晴", tomorrow: "晴" },
    });
    expect(Object.keys(earlier.event?.context ?? {})).not.toContain("secret");
  });

  test.each(catalogue.events)("$name is taken with its examples", ({ name }) => {
    expect(check({ event: name, user: "lily", context: exampleContext(name) }).refusal).toBeNull();
  });

  test("without its context is refused in words that name every field", () => {
    const { refusal } = check({ event: "liked_3_to_5", user: "lily", context: { action: " " } });
    expect(refusal?.reason).toBe("bad_context");
    expect(refusal?.detail).toBe(
      'friend is missing (朋友的昵称, such as "豆豆"); ' +
        'action is missing (朋友做的事, such as "击掌"); count is missing (次数, such as 1)',
    );
  });

  test("with a name that nobody sees lacks it", () => {
    const context = { ...exampleContext("liked_single"), friend: "\u200b\u2800\u3164" };
    const { refusal } = check({ event: "liked_single", user: "lily", context });
    expect(refusal?.detail).toContain("friend is missing");
  });

  test("with figures that do not fit its name is refused", () => {
    const context = { friend: "豆豆", action: "击掌", count: 9 };
    const { refusal } = check({ event: "liked_3_to_5", user: "lily", context });
    expect(refusal?.detail).toBe("count must be a whole number from 3 to 5");
  });

  test.each([
    ["a word", "an event must be an object"],
    [{ ...weather, event: "liked" }, 'there is no event "liked"'],
    [{ ...weather, event: "__proto__" }, 'there is no event "__proto__"'],
    [{ ...weather, user: " " }, "user must be a name"],
    [{ ...weather, user: "x".repeat(201) }, "user must be a name"],
    [{ ...weather, id: 7 }, "id must be a text"],
    [{ ...weather, at: "yesterday-ish" }, "which is no time"],
    [{ ...weather, at: Number.NaN }, "which is no time"],
    [{ ...weather, at: "9999-12-31T00:00:00Z" }, "has not happened yet"],
    [{ ...weather, at: -8.64e15 }, "before the year 2000"],
    [{ ...weather, at: Date.UTC(1999, 11, 31, 15, 59) }, "before the year 2000"],
    [{ ...weather, user: "max", at: Date.UTC(1999, 11, 31, 16) }, "before the year 2000"],
    [{ ...weather, at: "0001-01-01" }, "before the year 2000"],
    [{ ...weather, at: "5" }, "which is no time"],
    [{ ...weather, at: "11/22/2026" }, "which is no time"],
    [{ ...weather, at: "2026-02-30T08:00:00Z" }, "and there is no 2026-02-30"],
    [{ ...weather, at: "2026-11-21T24:00:00Z" }, "and no clock shows 24:00:00"],
    [{ ...weather, at: "2026-11-21T08:00:00+15:00" }, "no place is +15:00 from Greenwich"],
    [{ ...weather, at: 10n }, "at is 10n, which is no time"],
    [{ ...weather, user: "li\nly" }, "user must be a name of at most 200 characters, on one line"],
    [{ ...weather, user: "li\u2028ly" }, "user must be a name"],
    [{ ...weather, user: "li\ud800ly" }, "user must be a name"],
    [{ ...weather, context: [] }, "context must be an object"],
    [{ ...weather, context: { city: "x".repeat(70_000) } }, "context is larger than 64 KiB"],
    [{ ...weather, context: { ...weather.context, city: 7n } }, "plain data"],
  ])("%o is refused in clear words", (input, words) => {
    expect(check(input).refusal?.detail).toContain(words);
  });

  test("keeps a list as it was told, whatever its teller does with it", () => {
    const words = ["地震", "洪水"];
    const disaster = { ...exampleContext("disaster"), words };
    const { event } = check({ event: "disaster", user: "lily", context: disaster });
    const [list] = Object.values(event?.context ?? {}).filter(Array.isArray);
    words.push("later");
    expect(list).toEqual(["地震", "洪水"]);
  });

  test.each([
    [{ toString: null }, '({"toString":null})'],
    [Symbol("no"), "nothing"],
    [7n, "7n"],
    [null, "null"],
    [new Error("x".repeat(999)), `(${"x".repeat(200)})`],
  ])("that throws %o when it is read is refused", (thrown, words) => {
    const input = Object.defineProperty({}, "event", {
      get: () => {
        throw thrown;
      },
    });
    expect(check(input).refusal?.detail).toContain(words);
  });

  test("that cannot be read at all is refused, too", () => {
    const trap = new Proxy({}, { getPrototypeOf: () => assert.fail() });
    const traps = Object.defineProperty({}, "event", {
      get: () => {
        throw trap;
      },
    });
    expect(check(traps).refusal?.detail).toContain("cannot be read (it throws)");
    const thrower = { get: () => assert.fail("not for you") };
    expect(check(new Proxy({ ...weather }, thrower)).refusal?.detail).toBe(
      "the event cannot be read (not for you): tell it as plain data",
    );
  });

  test.each([
    ["2026-11-22T01:00:00Z", "2026-11-22T01:00:00Z"],
    ["2026-11-22T01:00:00.250Z", "2026-11-22T01:00:00.250Z"],
    ["2026-11-21T22:30:00-0230", "2026-11-22T01:00:00Z"],
    ["2026-11-22T08:00:00", "2026-11-22T00:00:00Z"],
    ["2026-11-22 08:00", "2026-11-22T00:00:00Z"],
    ["2026-11-22", "2026-11-21T16:00:00Z"],
    ["2000-01-01T00:00:00", "1999-12-31T16:00:00Z"],
  ])("at %s is %s in Shanghai, wherever the program runs", (at, moment) => {
    expect(check({ ...weather, at }).event?.at).toBe(Date.parse(moment));
  });

  test("whatever it is, it is taken or refused, and nothing is thrown", () => {
    const parts = fc.record(
      { event: fc.anything(), user: fc.anything(), at: fc.anything(), context: fc.anything() },
      { requiredKeys: [] },
    );
    const near = fc.record({
      event: fc.constantFrom(...catalogue.events.map(({ name }) => name)),
      user: fc.string({ minLength: 1 }),
      at: fc.oneof(fc.integer(), fc.date().map(String), fc.anything()),
      context: fc.dictionary(fc.constantFrom("city", "friend", "count", "days"), fc.anything()),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), parts, near), (input) => {
        const checked = check(input);
        expect(checked.event === null).toBe(checked.refusal !== null);
      }),
      { numRuns: 2_000 },
    );
  });
});

import { describe, expect, test } from "vitest";
import { seededRandom } from "standin/lab";
import {
  decide,
  type Candidate,
  type DayState,
  type NotWritten,
} from "../../examples/diary/decide/decide.ts";
import { dayAfter, localTime, momentOf } from "../../examples/diary/decide/local-time.ts";
import { diaryHouse } from "./house.ts";

const { rules } = diaryHouse().settings;
const fresh: DayState = { quota: null, placesTaken: 0, typesTaken: [], holidayOffset: null };

function ask(candidate: Partial<Candidate>, state: Partial<DayState> = {}, roll = 0) {
  let rolls = 0;
  const random = { next: () => ((rolls += 1), roll) };
  const usual = { name: "liked_single", type: "friends", offset: null, lateMs: 0 };
  const whole = { ...usual, due: false, forced: false, ...candidate };
  return { ...decide(rules, { ...fresh, ...state }, whole, random), rolls };
}

const claimed = { name: "toy_claimed", type: "adoption" };
const reasonOf = (one: object) => (one as Partial<NotWritten>).reason ?? "written";

describe("deciding", () => {
  test("mistake 50: a required event is written at quota 0, with its type written, however late", () => {
    const full = { quota: 0, typesTaken: ["adoption"] };
    expect(ask({ ...claimed, lateMs: 1e9 }, full)).toMatchObject({ write: true, why: "required" });
  });

  test("mistake 50: one roll an event, by its family's chance; none where nothing depends on it", () => {
    expect(ask({}, { quota: 3 }, 0.69)).toMatchObject({ write: true, rolls: 1 });
    expect(ask({}, { quota: 3 }, 0.7)).toMatchObject({ reason: "chance", roll: 0.7, rolls: 1 });
    expect(ask({}, { quota: 0 })).toMatchObject({ reason: "quota", rolls: 0 });
    expect(ask(claimed)).toMatchObject({ rolls: 0 });
  });

  test("the share written is the family's chance, not its square", () => {
    const random = seededRandom(3);
    const state = { ...fresh, quota: 5 };
    const one = { name: "x", type: "friends", offset: null, lateMs: 0, due: false, forced: false };
    const written = Array.from({ length: 20_000 }, () => decide(rules, state, one, random));
    const share = written.filter(({ write }) => write).length / written.length;
    expect(share).toBeGreaterThan(0.68);
    expect(share).toBeLessThan(0.72);
  });

  test("the day's quota is drawn once, from 0 to 5, each as likely", () => {
    const random = seededRandom(5);
    const drawn = Array.from({ length: 6_000 }, () => {
      const one = {
        name: "x",
        type: "friends",
        offset: null,
        lateMs: 0,
        due: false,
        forced: false,
      };
      return decide(rules, fresh, one, random).drawn.quota ?? -1;
    });
    for (const quota of [0, 1, 2, 3, 4, 5]) {
      expect(drawn.filter((one) => one === quota).length, String(quota)).toBeGreaterThan(850);
    }
    expect(drawn.every((one) => one >= 0 && one <= 5)).toBe(true);
    expect(ask({}, { quota: 4 }).drawn.quota).toBe(4);
  });

  test("says why not, with the figures", () => {
    expect(ask({}, { quota: 2, placesTaken: 2 })).toMatchObject({ reason: "quota", taken: 2 });
    expect(ask({}, { quota: 2, typesTaken: ["friends"] })).toMatchObject({
      reason: "type_written",
    });
    expect(ask({ lateMs: 7 * 3_600_000 })).toMatchObject({ reason: "too_late" });
  });

  test("neglect waits for the next day, and is then asked as others are", () => {
    const neglect = { name: "neglect_1_day_no_dialogue", type: "neglect" };
    for (const roll of [0, 0.5, 0.999_999]) {
      const { minutes } = ask(neglect, {}, roll) as unknown as { minutes: number };
      expect(minutes).toBeGreaterThanOrEqual(8 * 60);
      expect(minutes).toBeLessThan(21 * 60);
    }
    expect(ask({ ...neglect, due: true }, { quota: 1 }).write).toBe(true);
    expect(reasonOf(ask({ ...neglect, due: true }, { quota: 0 }))).toBe("quota");
  });

  test("of a holiday's seven days one is drawn, once, and its events are asked only then", () => {
    const on = (offset: number, holidayOffset: number | null, roll = 0) =>
      ask({ name: "x", type: "holiday", offset }, { quota: 5, holidayOffset }, roll);
    expect(reasonOf(on(-1, 2))).toBe("other_holiday_day");
    expect(on(2, 2).write).toBe(true);
    const random = seededRandom(9);
    const days = Array.from({ length: 700 }, () => {
      const one = { name: "x", type: "holiday", offset: 0, lateMs: 0, due: false, forced: false };
      return decide(rules, fresh, one, random).drawn.holidayOffset;
    });
    expect(new Set(days)).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3]));
  });
});

describe("local days", () => {
  test("belong to the user's own time zone", () => {
    const at = Date.UTC(2026, 10, 22, 17);
    expect(localTime(at, "Asia/Shanghai")).toEqual({ day: "2026-11-23", time: "01:00" });
    expect(localTime(at, "Europe/Berlin")).toEqual({ day: "2026-11-22", time: "18:00" });
    expect(localTime(Date.UTC(2026, 10, 22), "UTC").time).toBe("00:00");
  });

  test("a minute of a day is found again, also across a change of the clock", () => {
    for (const day of ["2026-03-28", "2026-03-29", "2026-10-25", "2026-12-31"]) {
      for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"]) {
        const at = momentOf(day, 9 * 60 + 30, zone);
        expect(localTime(at, zone)).toEqual({ day, time: "09:30" });
      }
    }
    expect(localTime(momentOf("2026-03-29", 150, "Europe/Berlin"), "Europe/Berlin").day).toBe(
      "2026-03-29",
    );
  });

  test("days follow each other", () => {
    expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
    expect(dayAfter("2028-03-01", -1)).toBe("2028-02-29");
  });
});

import type { EventRecord } from "./store/record.ts";
import type { Language } from "./words.ts";

type Pair = readonly [en: string, zh: string];

const brief: Readonly<Record<string, Pair>> = {
  rolled: ["written, by the draw", "抽中了，写了"],
  required: ["written, as it always is", "必写的事件"],
  forced: ["written, because somebody asked for it", "有人要求写"],
  quota: ["the day's quota is reached", "当天的篇数已满"],
  type_written: ["the type has its entry of the day", "这一类今天写过了"],
  chance: ["the draw was against it", "没有抽中"],
  next_day: ["it is written on the next day", "第二天才写"],
  other_holiday_day: ["the holiday's entry falls on another day", "这个节日的日记在另一天写"],
  too_late: ["it came too late", "来得太晚"],
  unknown_event: ["no such event", "没有这种事件"],
  bad_event: ["the event cannot be read", "事件读不懂"],
  bad_context: ["something is missing or does not fit", "缺少内容或内容不合"],
  failed: ["the writing failed; tell the event again", "写的时候出错；请再告诉一次"],
};

const waitsFor: Readonly<Record<string, Pair>> = {
  queued: ["for a provider", "等服务商"],
  later: ["for the next day", "等第二天"],
  reserved: ["being written", "正在写"],
};

/** What an event in this state waits for, in a few words. */
export function briefWait(state: string, language: Language): string {
  const [en, zh] = waitsFor[state] ?? [state, state];
  return language === "zh" ? zh : en;
}

/** Why an event was written or not, in a few words. */
export function briefReason(reason: string, language: Language): string {
  const [en, zh] = brief[reason] ?? [reason, reason];
  return language === "zh" ? zh : en;
}

/** Why an event was written or not, with the figures that made it so. */
export function fullReason({ reason, detail }: EventRecord, language: Language): string {
  const words = briefReason(reason, language);
  const figures = figuresOf(reason, detail, language);
  return figures === "" ? words : `${words}${language === "zh" ? "：" : ": "}${figures}`;
}

function figuresOf(
  reason: string,
  detail: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  const figure = (name: string): string => {
    const value = detail[name];
    return typeof value === "number" ? String(Math.round(value * 100) / 100) : "?";
  };
  const pair = ([en, zh]: Pair): string => (language === "zh" ? zh : en);
  switch (reason) {
    case "quota":
      return pair([
        `${figure("taken")} of ${figure("quota")} are written`,
        `已写 ${figure("taken")} 篇，上限 ${figure("quota")} 篇`,
      ]);
    case "chance":
      return pair([
        `${figure("roll")} was drawn, and only below ${figure("chance")} is written`,
        `抽到 ${figure("roll")}，小于 ${figure("chance")} 才写`,
      ]);
    case "other_holiday_day":
      return pair([`day ${figure("chosen")} was drawn`, `抽到的是第 ${figure("chosen")} 天`]);
    case "too_late": {
      const hours = typeof detail["lateMs"] === "number" ? detail["lateMs"] / 3_600_000 : 0;
      return pair([`${hours.toFixed(1)} hours after it happened`, `晚了 ${hours.toFixed(1)} 小时`]);
    }
    default:
      return typeof detail["what"] === "string" ? detail["what"] : "";
  }
}

import type { Random } from "standin";
import type { Agents } from "../agent/agents.ts";
import { dayAfter, momentOf } from "../decide/local-time.ts";
import type { Catalogue } from "../event/catalogue.ts";
import type { Profile } from "../profile.ts";
import type { Settings } from "../settings.ts";
import type { Sign } from "../write/vocabulary.ts";

/** One event of a simulated day, as it is told to the diary. */
export type TimelineEvent = {
  readonly id: string;
  readonly event: string;
  readonly user: string;
  readonly at: number;
  readonly context: Readonly<Record<string, unknown>>;
};

type Hours = { readonly from: number; readonly to: number; readonly share: number };

/** When things of each type happen in a toy's day, and how many of a hundred there are. */
const hours: Readonly<Record<string, Hours>> = {
  weather: { from: 7.5, to: 9.5, share: 3 },
  holiday: { from: 9, to: 10, share: 1 },
  friends: { from: 12.5, to: 20, share: 24 },
  interactive: { from: 15.2, to: 21.5, share: 44 },
  seasonal: { from: 17.5, to: 18.5, share: 2 },
  same_frequency: { from: 18, to: 20, share: 6 },
  trending: { from: 18, to: 21, share: 8 },
  dialogue: { from: 18, to: 21, share: 8 },
};

type Values = Readonly<Partial<Record<Sign, readonly unknown[]>>>;

const anyEvent = (list: readonly unknown[]): Values => ({
  ...{ pleasant: list, unpleasant: list, neutral: list },
});

/** What is said of an event: what it is like for the toy decides what may be said. */
const values: Readonly<Record<string, Values>> = {
  city: anyEvent(["上海", "杭州", "成都", "广州"]),
  weather: { pleasant: ["晴", "雨后转晴", "微风"], unpleasant: ["雷雨", "大风", "闷热"] },
  topic: { pleasant: ["登月成功", "新图书馆开放"], unpleasant: ["山区下了大暴雨", "海边有台风"] },
  holiday: anyEvent(["中秋节"]),
  friend: anyEvent(["豆豆", "Lulu", "大白", "小雨伞", "شادي"]),
  action: {
    pleasant: ["击掌", "抱抱", "摸头"],
    unpleasant: ["捏脸", "推倒", "大声吼"],
    neutral: ["按按钮", "换电池"],
  },
  interaction: anyEvent(["拍拍手", "转圈", "唱歌"]),
  summary: {
    pleasant: ["主人说今天画画得了奖", "聊了周末去看海"],
    unpleasant: ["主人说和好朋友吵架了", "主人说考试没考好"],
  },
};

/** What a season is called, from spring on, by what it is like for the toy. */
const seasons: readonly Values[] = [
  { pleasant: ["春天"], unpleasant: ["倒春寒"], neutral: ["春天"] },
  { pleasant: ["夏夜"], unpleasant: ["三伏天"], neutral: ["夏天"] },
  { pleasant: ["秋天"], unpleasant: ["深秋"], neutral: ["秋天"] },
  { pleasant: ["初雪"], unpleasant: ["隆冬"], neutral: ["冬天"] },
];

function valuesOn(day: string, { nickname }: Profile): Readonly<Record<string, Values>> {
  const month = Number(day.slice(5, 7));
  const season = seasons[Math.floor(((month + 9) % 12) / 3)] ?? {};
  return { ...values, season, new_owner: anyEvent([nickname]) };
}

/** What a timeline is made from. */
export type TimelineFiles = {
  readonly catalogue: Catalogue;
  readonly agents: Agents;
  readonly settings: Pick<Settings, "users" | "anybody">;
};

/** The day of one user: so many events with an invented context, in their order. */
export function timelineOf(
  { catalogue, agents, settings }: TimelineFiles,
  about: {
    readonly user: string;
    readonly day: string;
    readonly timeZone: string;
    readonly count: number;
    /** Whether the toy finds its home on this day. */
    readonly first: boolean;
  },
  random: Random,
): readonly TimelineEvent[] {
  const { user, day, timeZone, count } = about;
  const pick = <T>(list: readonly T[]): T | undefined =>
    list[Math.floor(random.next() * list.length)];
  const said = valuesOn(day, settings.users.get(user) ?? settings.anybody);
  const told: Omit<TimelineEvent, "id">[] = [];
  const tell = (event: string, hour: number, on: string = day): void => {
    const at = momentOf(on, Math.floor(hour * 60), timeZone) + Math.floor(random.next() * 60_000);
    told.push({ event, user, at, context: contextFor(event) });
  };

  function contextFor(name: string): Readonly<Record<string, unknown>> {
    const type = catalogue.event(name)?.type;
    const event = type === undefined ? undefined : agents.get(type).events.get(name);
    const sign = event?.sign ?? "neutral";
    return Object.fromEntries(
      (event?.needs ?? []).map(({ name: field, type: kind, example, from, to }) => {
        if (kind === "text" || kind === "list")
          return [field, pick(said[field]?.[sign] ?? []) ?? example];
        const most = Math.min(to, Math.max(from, 0) + 8);
        const value = from + random.next() * (most - from);
        return [field, kind === "whole" ? Math.round(value) : Math.round(value * 10) / 10];
      }),
    );
  }

  // Later days have one before them on which a lot was said.
  if (about.first) tell("neglect_1_day_no_dialogue", 22, dayAfter(day, -1));
  if (about.first) tell("toy_claimed", 7.4);
  // Two that the diary does not know what to do with.
  tell("full_moon", 10.2);
  told.push({ event: "made_new_friend", user, at: momentOf(day, 705, timeZone), context: {} });
  const shares = Object.entries(hours).flatMap(([type, { share }]) =>
    Array.from({ length: share }, () => type),
  );
  for (let number = 0; told.length < count; number += 1) {
    const type = number < Object.keys(hours).length ? Object.keys(hours)[number] : pick(shares);
    const { from, to } = hours[type ?? ""] ?? { from: 8, to: 20 };
    const events = catalogue.events.filter((one) => one.type === type);
    const event = pick(events);
    if (event !== undefined) tell(event.name, from + random.next() * (to - from));
  }
  return told
    .toSorted((a, b) => a.at - b.at)
    .map((one, number) => ({ id: `${user}-${day}-${number + 1}`, ...one }));
}

import type { Clock } from "standin";
import { always, fault, seededRandom } from "standin/lab";
import { dayAfter, momentOf } from "../decide/local-time.ts";
import { parseOutage } from "../simulated/outage.ts";
import { timelineOf } from "../simulated/timeline.ts";
import type { VirtualClock } from "../simulated/virtual-clock.ts";
import type { SimulatedDiary } from "./simulated-diary.ts";

/** Days that are being lived, one after the other. */
export type SimulatedDays = {
  /** Resolves when the last day is over, or they were stopped. */
  readonly over: Promise<void>;
  stop(): void;
};

/** Which days are lived, and how fast. */
export type SimulatedPlan = {
  readonly user: string;
  readonly timeZone: string;
  readonly firstDay: string;
  readonly days: number;
  /** Events of a day. */
  readonly events: number;
  readonly seed: number;
  /** How many seconds pass there in one of ours. */
  readonly pace: number;
};

const stepMs = 100;
const wakesAt = 7 * 60;
const sleepsAt = 22 * 60 + 30;
// In the afternoon the second provider writes; on every other day there is an hour with none.
const everyDay = ["sim-qwen@12:00-15:00"];
const someDays = ["sim-qwen@17:30-18:30", "sim-deepseek@17:30-18:30"];

/** SIMULATED: lives invented days, with nights left out, on a virtual clock of its own. */
export function liveDays(
  { files, diary, lab, names }: SimulatedDiary,
  plan: SimulatedPlan,
  { time, clock }: { readonly time: VirtualClock; readonly clock: Clock },
  report: (problem: string) => void,
): SimulatedDays {
  const { user, timeZone, firstDay, events, seed, pace } = plan;
  const state = { stopped: false };

  async function liveDay(number: number): Promise<void> {
    const day = dayAfter(firstDay, number);
    const about = { user, day, timeZone, count: events, first: number === 0 };
    const random = seededRandom(seed * 1_000_003 + Date.parse(day) / 86_400_000);
    const timeline = [...timelineOf(files, about, random)];
    for (const said of number % 2 === 1 ? [...everyDay, ...someDays] : everyDay) {
      const { provider, from, to } = parseOutage(said, { day, timeZone, names });
      time.setTimer(from - time.now(), () => lab.script(provider, always(fault.reset())));
      time.setTimer(to - time.now(), () => lab.heal(provider));
    }
    await liveUntil(momentOf(day, wakesAt, timeZone));
    const night = momentOf(day, sleepsAt, timeZone);
    while (time.now() < night && !state.stopped) {
      await rest();
      await liveUntil(Math.min(night, time.now() + stepMs * pace));
    }

    async function liveUntil(moment: number): Promise<void> {
      for (;;) {
        const [next] = timeline;
        if (next === undefined || next.at > moment || state.stopped) break;
        timeline.shift();
        await time.live(next.at);
        diary.take(next).catch((error: unknown) => report(String(error)));
      }
      await time.live(moment);
    }
  }

  const rest = (): Promise<void> =>
    new Promise((resolve) => void clock.setTimer(stepMs, () => resolve()));

  async function live(): Promise<void> {
    for (let number = 0; number < plan.days && !state.stopped; number += 1) await liveDay(number);
  }

  return {
    over: live().catch((error: unknown) => report(String(error))),
    stop() {
      state.stopped = true;
    },
  };
}

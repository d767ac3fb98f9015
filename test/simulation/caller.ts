import { getEventListeners } from "node:events";
import type { Answer, LLMConfigManager, LLMProviderError } from "../../src/index.ts";
import type { Chance } from "./chance.ts";
import { narrowRoute } from "./narrow.ts";
import type { Phase, Pinned, Told } from "./story.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What a caller means to do. */
export type Intent = {
  readonly phase: Phase;
  readonly stream: boolean;
  readonly deadlineMs: number;
  readonly cancelAfterMs: number | null;
};

/** Draws a caller in no easy mood. */
export function drawIntent(chance: Chance, phase: Phase): Intent {
  return {
    phase,
    stream: chance.flip(0.5),
    deadlineMs: chance.pick([500, 5_000, 30_000, 120_000]),
    cancelAfterMs: chance.flip(0.15) ? chance.whole(0, 20_000) : null,
  };
}

/** Draws a caller who has time. */
export function drawPatient(chance: Chance): Intent {
  return { phase: "healed", stream: chance.flip(0.5), deadlineMs: 120_000, cancelAfterMs: null };
}

/** Makes one request and notes what its caller saw. */
export async function ask(
  manager: LLMConfigManager,
  clock: VirtualClock,
  { phase, stream, deadlineMs, cancelAfterMs }: Intent,
  pinned: Pinned,
  told: Told[],
): Promise<void> {
  const controller = new AbortController();
  const number = told.length;
  const cancelAt = cancelAfterMs === null ? null : clock.now() + cancelAfterMs;
  const one: Told = {
    ...{ number, phase, startedAt: clock.now(), deadlineMs, stream, pinned },
    ...{
      cancelAt,
      seen: "",
      seenAt: 0,
      ends: 0,
      endedAt: 0,
      listeners: 0,
    },
    ...{ answer: null, error: null },
  };
  told.push(one);
  const stay =
    cancelAfterMs === null ? null : clock.setTimer(cancelAfterMs, () => controller.abort());
  const request = { messages: [{ role: "user", content: `Say number ${number}` } as const] };
  const route = pinned.narrow === null ? {} : { route: narrowRoute };
  const options = { signal: controller.signal, deadlineMs, ...route };
  try {
    one.answer = stream
      ? await read(manager.stream(request, options), one, clock)
      : await manager.generate(request, options);
  } catch (error) {
    one.error = error as LLMProviderError;
  }
  stay?.();
  one.ends += 1;
  one.listeners = getEventListeners(controller.signal, "abort").length;
  one.endedAt = clock.now();
}

async function read(
  stream: ReturnType<LLMConfigManager["stream"]>,
  one: Told,
  clock: VirtualClock,
): Promise<Answer> {
  for await (const delta of stream) {
    one.seenAt = clock.now();
    if (delta.type === "text") one.seen += delta.text;
  }
  return stream.answer;
}

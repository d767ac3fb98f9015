import type { AttemptReport } from "../chat/answer.ts";
import type { Failure } from "../failure.ts";
import { codecFor } from "../providers/codecs.ts";
import { costOf } from "../providers/cost.ts";
import type { Provider } from "../snapshot.ts";
import type { AttemptResult } from "./attempt.ts";
import { attempt } from "./attempt.ts";
import type { Call, World } from "./call.ts";
import type { Intentions } from "./intentions.ts";
import { judge } from "./judge.ts";
import type { Step } from "./step.ts";
import type { Progress } from "./progress.ts";
import { attemptMs, estimatedTokens, timeoutsFor } from "./progress.ts";
import { settle } from "./settle.ts";
import { emitWithHealth } from "./tell-health.ts";
import type { Limits } from "./watchdog.ts";

/** One attempt and what it means for its request. */
export type Turn = {
  readonly result: AttemptResult;
  readonly failure: Failure | null;
  readonly report: AttemptReport;
  /** The request's progress after it. */
  readonly progress: Progress;
};

/** Makes one attempt; tells its start in this tick, and its end however it ends. Never rejects. */
export async function takeTurn(
  call: Call,
  world: World,
  progress: Progress,
  { provider, limitMs }: Extract<Step, { do: "attempt" }>,
  { waitedMs, intentions }: { readonly waitedMs: number; readonly intentions: Intentions },
): Promise<Turn> {
  const { clock, journal } = world;
  const { name, model, identity } = provider;
  const { id: request, route } = call;
  const about = { request, route, attempt: progress.attempts + 1, provider: name, identity };
  const startedAt = clock.now();
  intentions.fulfil(provider);
  const repeat = progress.tries.has(name);
  const estimate = { estimatedTokens: estimatedTokens(progress, provider) };
  const start = { at: startedAt, model, limitMs, repeat, ...estimate, ...about };
  journal.emit({ type: "attempt-start", ...start });
  const asked = call.review?.ask(provider) ?? { request: call.request, adaptations: [] };
  const result = await attempt(
    {
      request: asked.request,
      provider,
      codec: codecFor(provider.protocol),
      limits: limitsFor(progress, provider, limitMs),
      // What the clock took between two of its readings is not short.
      shortened: limitMs < attemptMs(progress, provider) * 0.99,
      rules: call.rules,
      signal: call.signal,
      sink: call.sink,
      onCommit: (firstContentMs) =>
        emitWithHealth(journal, {
          type: "attempt-commit",
          at: clock.now(),
          firstContentMs,
          ...about,
        }),
    },
    world.transport,
    clock,
  );
  const judged = await judge(call, world, progress, provider, result);
  const at = clock.now();
  const durationMs = at - startedAt;
  const { requestId, firstContentMs } = result;
  const { usage } = result.content;
  const cost = costOf(provider.pricing, usage);
  const chance = judged === null ? 0 : world.random.next();
  const now = { at, chance, health: journal.health() };
  const settled = judged === null ? null : settle(progress, provider, judged, now);
  const failure = settled?.failure ?? null;
  const retryAt = result.committed ? null : (settled?.retryAt ?? null);
  if (failure !== null && retryAt !== null) intentions.intend(provider, failure, at);
  const end = { at, durationMs, requestId, usage, cost, failure, retryAt, chance, ...estimate };
  emitWithHealth(journal, { type: "attempt-end", ...end, ...about });
  const times = { startedAt, durationMs, waitedMs, firstContentMs };
  const spent = { usage, cost };
  const report: AttemptReport = { provider: name, model, ...times, requestId, ...spent, failure };
  const adaptations = [...asked.adaptations, ...result.adaptations];
  const told = { ...result, adaptations };
  return { result: told, failure, report, progress: settled?.progress ?? progress };
}

function limitsFor(progress: Progress, provider: Provider, limitMs: number): Limits {
  const timeouts = timeoutsFor(progress, provider);
  const connectMs = Math.min(timeouts.connectMs, limitMs);
  if (!progress.stream) {
    return { connectMs, firstContentMs: null, idleMs: null, totalMs: limitMs };
  }
  const { idleMs, totalMs } = timeouts;
  return { connectMs, firstContentMs: limitMs, idleMs, totalMs };
}

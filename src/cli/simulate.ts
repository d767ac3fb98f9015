import type { Problem } from "../index.ts";
import { checkConfiguration } from "../index.ts";
import type { Outage } from "../simulate/outage.ts";
import { longestMs } from "../simulate/duration.ts";
import { OutageError, readOutages } from "../simulate/outage.ts";
import type { Streams } from "../simulate/load.ts";
import { namesIn } from "../simulate/disguise.ts";
import { timelineWidth, writePage } from "../simulate/page.ts";
import type { Result } from "../simulate/result.ts";
import { tell } from "../simulate/result.ts";
import { simulate, simulatedEnvironment, simulatedFiles } from "../simulate/simulate.ts";
import { exitCode } from "./exit-code.ts";
import { sayChecked } from "./check/say-checked.ts";
import { readConfiguration } from "./read-configuration.ts";
import { paint, writeJson, writeOut } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** What `simulate` may be told. */
export type SimulateFlags = {
  readonly outage: string;
  readonly rps: number;
  readonly seed: number;
  /** In milliseconds. */
  readonly for?: number;
  readonly stream: Streams;
  readonly json?: boolean;
};

const minute = 60_000;
const mostRequests = 200_000;

/** Of the timeline in JSON. */
const stretches = 60;

/** Plays a configuration through outages in virtual time, and tells what became of it. */
export async function simulateFile(
  file: string,
  flags: SimulateFlags,
  signal: AbortSignal,
): Promise<number> {
  const bytes = await readConfiguration(file, flags);
  if (bytes === null) return exitCode.configuration;
  const ports = { environment: simulatedEnvironment, files: simulatedFiles };
  const problems = checkConfiguration(bytes, ports);
  if (problems.some(({ severity }) => severity === "error")) {
    await refuse(file, problems, flags);
    return exitCode.configuration;
  }
  const text = new TextDecoder().decode(bytes);
  const outages = readFlag(flags.outage, namesIn(text));
  const durationMs = flags.for ?? usualDuration(outages);
  if (flags.rps * (durationMs / 1_000) > mostRequests) {
    throw new UsageError(`that is more than ${mostRequests} requests: take a lower --rps or --for`);
  }
  const late = outages.find(({ startMs }) => startMs >= durationMs);
  if (late !== undefined) {
    throw new UsageError(
      `${late.provider}:${late.fault} would begin after the end: take a longer --for`,
    );
  }
  const load = { perSecond: flags.rps, durationMs, streams: flags.stream };
  const plot = { text, outages, load, seed: flags.seed };
  const story = await simulate(plot, signal);
  const told = (count: number): Result => {
    const result = tell(plot, story, count);
    return { ...result, advice: [...result.advice, ...onWarnings(problems)] };
  };
  if (flags.json) {
    await writeJson({ simulated: true, file, ...told(stretches) });
  } else {
    const width = Math.min(160, Math.max(60, process.stdout.columns ?? 80));
    const result = told(timelineWidth(Object.keys(story.providers), width));
    await writeOut(writePage(result, { width, paint }));
  }
  return exitCode.done;
}

// The simulated models are all served: what a check knows of the real ones must not be lost.
function onWarnings(problems: readonly Problem[]): readonly string[] {
  const count = problems.filter(({ severity }) => severity === "warning").length;
  if (count === 0) return [];
  const what = count === 1 ? "a warning" : `${count} warnings`;
  return [`The file has ${what} that no simulation shows: standin check says what.`];
}

async function refuse(
  file: string,
  problems: readonly Problem[],
  { json }: SimulateFlags,
): Promise<void> {
  const message = `${file} cannot be used`;
  if (json) await writeJson({ error: { kind: "configuration", message, problems } });
  else await writeOut(sayChecked(file, problems));
}

function readFlag(text: string, names: readonly string[]): readonly Outage[] {
  try {
    return readOutages(text, names);
  } catch (error) {
    if (error instanceof OutageError) throw new UsageError(error.message);
    throw error;
  }
}

/** Five minutes more than the outages, and ten at least. */
function usualDuration(outages: readonly Outage[]): number {
  const ends = outages.map(({ startMs, endMs }) => endMs ?? startMs);
  return Math.min(longestMs, Math.max(10 * minute, ...ends.map((end) => end + 5 * minute)));
}

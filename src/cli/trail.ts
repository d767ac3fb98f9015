import type { AttemptReport } from "../index.ts";

/** What is said of an attempt. */
export type Attempt = Pick<
  AttemptReport,
  "provider" | "startedAt" | "durationMs" | "waitedMs" | "failure"
>;

type Paint = (style: "green" | "red" | "dim", text: string) => string;

/** How a trail is written. */
export type TrailManner = {
  /** When the request began, in epoch milliseconds. */
  readonly start: number;
  /** Of the longest name of a provider. */
  readonly width: number;
  readonly paint: Paint;
};

/** Every attempt on a line: when it began, who was asked, what it came to and what it took. */
export function sayTrail(attempts: readonly AttemptReport[], paint: Paint): readonly string[] {
  const [first] = attempts;
  const start = first === undefined ? 0 : first.startedAt - first.waitedMs;
  const width = Math.max(0, ...attempts.map(({ provider }) => provider.length));
  return attempts.map((attempt) => sayAttempt(attempt, { start, width, paint }));
}

/** One attempt on a line, and below it why it failed. */
export function sayAttempt(attempt: Attempt, { start, width, paint }: TrailManner): string {
  const { provider, startedAt, durationMs, waitedMs, failure } = attempt;
  const at = `${seconds(startedAt - start).padStart(6)} s`;
  const outcome = failure === null ? paint("green", "answered") : paint("red", failure.kind);
  const wait = waitedMs >= 50 ? `, after a wait of ${seconds(waitedMs)} s` : "";
  const cost = paint("dim", `in ${seconds(durationMs)} s${wait}`);
  const why = failure === null ? "" : `\n${" ".repeat(10)}${paint("dim", failure.message)}`;
  return `${at}  ${provider.padEnd(width)}  ${outcome} ${cost}${why}`;
}

/** Milliseconds as seconds with one digit. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

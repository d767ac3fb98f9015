import type { AttemptReport } from "../index.ts";

/** What is said of an attempt. */
export type Attempt = Pick<
  AttemptReport,
  "provider" | "startedAt" | "durationMs" | "waitedMs" | "failure"
>;

type Paint = (style: "green" | "red" | "dim", text: string) => string;

/** How a trail is written. */
export type TrailManner = {
  /** Of the longest name of a provider. */
  readonly width: number;
  readonly paint: Paint;
};

/** Says attempts one after the other; `start` is the time the request began. */
export type Trail = (attempt: Attempt, start: number, outcome?: string) => string;

/** Every attempt on a line: when it began, who was asked, what it came to and what it took. */
export function sayTrail(attempts: readonly AttemptReport[], paint: Paint): readonly string[] {
  const [first] = attempts;
  const start = first === undefined ? 0 : first.startedAt - first.waitedMs;
  const width = Math.max(0, ...attempts.map(({ provider }) => provider.length));
  const say = createTrail({ width, paint });
  return attempts.map((attempt) => say(attempt, start));
}

/** A trail of attempts, each on a line; below it why it failed, where that is new. */
export function createTrail({ width, paint }: TrailManner): Trail {
  let known = "";
  return ({ provider, startedAt, durationMs, waitedMs, failure }, start, good = "answered") => {
    const at = `${seconds(startedAt - start).padStart(6)} s`;
    const outcome = failure === null ? paint("green", good) : paint("red", failure.kind);
    const wait = waitedMs >= 50 ? `, after a wait of ${seconds(waitedMs)} s` : "";
    const cost = paint("dim", `in ${seconds(durationMs)} s${wait}`);
    const why = failure === null || failure.message === known ? "" : failure.message;
    if (why !== "") known = why;
    const below = why === "" ? "" : `\n${" ".repeat(10)}${paint("dim", why)}`;
    return `${at}  ${provider.padEnd(width)}  ${outcome} ${cost}${below}`;
  };
}

/** Milliseconds as seconds with one digit. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

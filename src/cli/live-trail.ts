import type { Event } from "../index.ts";
import type { Attempt, TrailManner } from "./trail.ts";
import { createTrail } from "./trail.ts";

/** An observer that says each attempt as soon as it is known what it came to. */
export function createLiveTrail(
  manner: TrailManner,
  say: (line: string) => void,
): (event: Event) => void {
  const trail = createTrail(manner);
  let start = 0;
  let stream = false;
  let waitingSince: number | null = null;
  let startedAt = 0;
  let waitedMs = 0;

  function tell(
    attempt: Pick<Attempt, "provider" | "durationMs" | "failure">,
    good?: string,
  ): void {
    say(trail({ ...attempt, startedAt, waitedMs }, start, good));
  }

  return (event) => {
    if (event.type === "request-start") {
      start = event.at;
      ({ stream } = event);
    } else if (event.type === "request-wait") {
      waitingSince ??= event.at;
    } else if (event.type === "attempt-start") {
      startedAt = event.at;
      waitedMs = waitingSince === null ? 0 : event.at - waitingSince;
      waitingSince = null;
    } else if (event.type === "attempt-commit" && stream) {
      // The attempt goes on; what is known is that it answers.
      tell({ ...event, durationMs: event.firstContentMs, failure: null }, "begins to answer");
    } else if (event.type === "attempt-end" && !(stream && event.failure === null)) {
      tell(event);
    }
  };
}

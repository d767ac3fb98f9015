import type { Event } from "../index.ts";
import type { Attempt, TrailManner } from "./trail.ts";
import { sayAttempt } from "./trail.ts";

/** An observer that says each attempt as soon as it is known what it came to. */
export function createLiveTrail(
  manner: Omit<TrailManner, "start">,
  say: (line: string) => void,
): (event: Event) => void {
  let start = 0;
  let stream = false;
  let waitingSince: number | null = null;
  let startedAt = 0;
  let waitedMs = 0;

  function tell(outcome: Pick<Attempt, "provider" | "durationMs" | "failure">): void {
    say(sayAttempt({ ...outcome, startedAt, waitedMs }, { ...manner, start }));
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
      tell({ ...event, durationMs: event.firstContentMs, failure: null });
    } else if (event.type === "attempt-end" && !(stream && event.failure === null)) {
      tell(event);
    }
  };
}

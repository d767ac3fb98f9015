import { adviseOn } from "./advice.ts";
import type { Load } from "./load.ts";
import type { Plot } from "./simulate.ts";
import type { Story } from "./story.ts";
import type { Summary } from "./summary.ts";
import { summarize } from "./summary.ts";
import type { Timeline } from "./timeline.ts";
import { cutTimeline } from "./timeline.ts";

/** All that is told of a story. */
export type Result = {
  readonly load: Load;
  readonly seed: number;
  readonly summary: Summary;
  readonly timeline: Timeline;
  readonly advice: readonly string[];
};

/** Tells a story in numbers, in so many stretches of time, and in advice. */
export function tell({ outages, load, seed }: Plot, story: Story, stretches: number): Result {
  const names = Object.keys(story.providers);
  const summary = summarize(story, names, outages);
  const timeline = cutTimeline(story, names, load.durationMs, stretches);
  return { load, seed, summary, timeline, advice: adviseOn(summary, story.providers) };
}

import { expect, test } from "vitest";
import { brokenPromises } from "./oracles.ts";
import { live } from "./world.ts";

/** STANDIN_SEEDS=from-to lives other worlds; a failure names the one to replay. */
const [from = 1, to = 300] = (process.env["STANDIN_SEEDS"] ?? "1-300").split("-").map(Number);
const seeds = Array.from({ length: to - from + 1 }, (_, index) => from + index);

let events = 0;
let requests = 0;
let answered = 0;
let hours = 0;

test.each(seeds)("seed %d: every promise holds", async (seed) => {
  const story = await live(seed);
  const replay = `npm run simulation -- --seeds 1 --from ${seed}`;
  expect(brokenPromises(story), `replay with: ${replay}`).toEqual([]);
  events += story.events.length;
  requests += story.told.length;
  answered += story.told.filter(({ answer }) => answer !== null).length;
  hours += (story.clock.now() - (story.events[0]?.at ?? 0)) / 3_600_000;
});

test("the same seed gives the same events, to the last byte", async () => {
  for (const seed of seeds.filter((_, index) => index % 10 === 0)) {
    const [first, second] = [await live(seed), await live(seed)];
    expect(JSON.stringify(second.events)).toBe(JSON.stringify(first.events));
  }
});

test("the worlds were worth living in", () => {
  process.stdout.write(
    `simulation: ${seeds.length} seeds, ${events} events, ${requests} requests, ` +
      `${answered} answered, ${hours.toFixed(1)} virtual hours\n`,
  );
  expect(answered).toBeGreaterThan(0);
  expect(requests - answered).toBeGreaterThan(0);
});

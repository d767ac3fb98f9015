import { expect, test } from "vitest";
import { soak } from "./soak/soak.ts";

test("60 edits by every style under 200 requests in flight: none lost, none mixed", async () => {
  // The lab keeps what it was asked: that is most of what is held.
  const { breaches, figures } = await soak({ edits: 60, inFlight: 200, warmUp: 500, heapMiB: 64 });
  expect(breaches.slice(0, 5)).toEqual([]);
  expect(figures).toMatchObject({ edits: 60, applied: 51 });
  expect(figures["rejected"]).toBeGreaterThanOrEqual(10);
}, 120_000);

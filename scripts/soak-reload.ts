/** Edits a configuration under load for some minutes; fails if any promise of reloading is broken. */
import { parseArgs } from "node:util";
import { soak } from "../test/reload/soak/soak.ts";

const { values } = parseArgs({
  options: {
    edits: { type: "string", default: "600" },
    "in-flight": { type: "string", default: "200" },
    // As many requests as the lab remembers: until then its memory grows.
    "warm-up": { type: "string", default: "12000" },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { breaches, figures } = await soak({
  edits: Number(values.edits),
  inFlight: Number(values["in-flight"]),
  warmUp: Number(values["warm-up"]),
  heapMiB: 8,
  say,
});

for (const [name, number] of Object.entries(figures))
  say(`${name}: ${Math.round(number * 10) / 10}`);
for (const breach of breaches.slice(0, 20)) say(`BREACH: ${breach}`);
say(breaches.length === 0 ? "Every promise was kept." : `${breaches.length} breaches.`);
process.exitCode = breaches.length === 0 ? 0 : 1;

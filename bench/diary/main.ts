/** A diary under load: `npm run bench:diary [-- --quick --json]`. */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { live, type Life } from "./life.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

function row(life: Life): string {
  const { atOnce, failing, wallMs, idealMs, lost, doubled, fallbacks, byProvider, wasted } = life;
  const rate = Math.round((life.events / wallMs) * 1_000);
  const who = Object.entries(byProvider).map(([name, count]) => `${name} ${count}`);
  const cells = [
    ...[atOnce, failing ? "half-way" : "no", `${Math.round(wallMs)} ms`, `${idealMs} ms`],
    ...[
      `${Math.round((idealMs / wallMs) * 100)} %`,
      rate,
      life.cpuMs.toFixed(1),
      lost,
      doubled,
      fallbacks,
      wasted,
    ],
    who.join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

const events = values.quick ? 100 : 1_000;
// The first life pays for what is compiled and opened for the first time.
await live({ events: 100, atOnce: 16, failing: false });
const lives: Life[] = [];
for (const failing of [false, true]) {
  for (const atOnce of [16, 64, 256]) lives.push(await live({ events, atOnce, failing }));
}
if (values.json) console.log(JSON.stringify(lives, null, 2));
else {
  const [processor] = cpus();
  const load = (loadavg()[0] ?? 0).toFixed(1);
  console.log(`${cpus().length} × ${processor?.model}, Node ${process.version}, load ${load}`);
  console.log(`${events} events, answers of 50 ms, the lab in a thread of its own\n`);
  const heads = [
    ...[
      "at once",
      "a provider fails",
      "time",
      "ideal",
      "of the ideal",
      "entries/s",
      "processor ms each",
      "lost",
    ],
    ...["doubled", "fallback", "calls wasted", "written by"],
  ];
  console.log(`| ${heads.join(" | ")} |\n|${"---|".repeat(heads.length)}`);
  for (const life of lives) console.log(row(life));
}

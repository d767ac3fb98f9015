import type { Fault, LabVendor, Turn } from "../../src/lab/index.ts";
import { fault, faultBodies, transportFaults } from "../../src/lab/index.ts";
import type { Chance } from "./chance.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** How a simulated provider behaves before it heals. */
export type Mode = "well" | "sometimes" | "outages" | "probes";

/** One simulated provider; several entries of a configuration may point at it. */
export type Backend = {
  readonly name: string;
  readonly vendor: LabVendor;
  readonly latencyMs: number;
  readonly deltaMs: number;
  readonly mode: Mode;
};

const vendors: readonly LabVendor[] = ["qwen", "deepseek", "openai"];

/** Draws the simulated providers of a world. */
export function drawBackends(chance: Chance): readonly Backend[] {
  const count = chance.whole(1, 4);
  return Array.from({ length: count }, (_, index) => {
    const vendor = chance.pick(vendors);
    const pace = { latencyMs: chance.whole(0, 3_000), deltaMs: chance.whole(0, 400) };
    const mode = chance.pick(["well", "sometimes", "sometimes", "outages", "probes"] as const);
    return { name: `${vendor}_${index}`, vendor, ...pace, mode };
  });
}

/** The longest a whole answer of a well provider takes, in milliseconds. */
export function longestAnswerMs({ latencyMs, deltaMs }: Backend): number {
  return latencyMs + 25 * deltaMs + 100;
}

/** Every fault there is, before and after the first content. */
function faultsOf(vendor: LabVendor): readonly Fault[] {
  return [...faultBodies, ...transportFaults]
    .filter((row) => row.vendor === vendor)
    .flatMap(({ before, after }) => (after === null ? [before] : [before, after]));
}

const probeSilenceMs = 4_000;

/** Draws what the requests to a provider meet until it heals. */
export function drawScript(chance: Chance, clock: VirtualClock, { vendor, mode }: Backend) {
  const drawn = faultsOf(vendor);
  const atTheCommit = [
    fault.cut({ deltas: 1 }),
    fault.stall({ deltas: 1 }),
    fault.slowFirstDelta(chance.whole(500, 35_000)),
  ];
  const trying = [fault.status(500), fault.refused(), fault.silent(), fault.status(529)];
  const badness = chance.pick([0.1, 0.3, 0.6, 1]);
  const usual = chance.flip(0.5) ? chance.pick(trying) : chance.pick(drawn);
  const periodMs = chance.whole(10_000, 60_000);
  let lastAt = 0;
  const any = (): Fault => {
    if (chance.flip(0.1)) return fault.status(429, { retryAfter: chance.whole(1, 40) });
    if (chance.flip(0.1)) return chance.pick([fault.status(429), fault.status(401)]);
    if (chance.flip(0.15)) return chance.pick(atTheCommit);
    return chance.flip(0.6) ? usual : chance.pick(drawn);
  };
  return (): Turn => {
    const silence = clock.now() - lastAt;
    lastAt = clock.now();
    switch (mode) {
      case "well":
        return "well";
      case "sometimes":
        return chance.flip(badness) ? any() : "well";
      case "outages":
        return Math.floor(lastAt / periodMs) % 2 === 0 ? any() : "well";
      // Whoever comes after a silence is likely to be finding out.
      case "probes":
        if (silence < probeSilenceMs) return chance.flip(0.8) ? chance.pick(trying) : "well";
        return chance.flip(0.6) ? chance.pick([...atTheCommit, ...trying]) : "well";
    }
  };
}

/** What a provider that does not heal answers: nothing that another's scope could suffer from. */
export function stillBroken(chance: Chance): Fault {
  return chance.pick([fault.refused(), fault.status(500), fault.html(502), fault.reset()]);
}

/** What a well provider answers to a request's number. */
export function replyOf(backend: string, number: number): string {
  const words = Array.from({ length: 3 + (number % 9) }, (_, index) => `word${index}`).join(" ");
  return `(simulated) ${backend} answers ${number}: ${words}.`;
}

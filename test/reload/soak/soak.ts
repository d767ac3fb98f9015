import { LLMConfigManager } from "../../../src/index.ts";
import type { Lab } from "../../../src/lab/index.ts";
import { fault, startLab } from "../../../src/lab/index.ts";
import { placeOf } from "../real-world.ts";
import { styles, write } from "../styles.ts";
import { heapMiB, openHandles } from "./held.ts";
import { createAudit, replyTo, startLoad } from "./load.ts";
import { createNotes } from "./told.ts";
import { firstMark, versionOf } from "./versions.ts";

/** How long and how hard. */
export type SoakPlan = {
  readonly edits: number;
  readonly inFlight: number;
  /** How many requests come before the memory is first measured. */
  readonly warmUp: number;
  /** How much more may be held at the end. */
  readonly heapMiB: number;
  readonly say?: (line: string) => void;
};

/** What came of it; `breaches` is empty if every promise was kept. */
export type SoakResult = {
  readonly breaches: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
};

const names = Object.keys(styles);

/** Edits a file by every style under steady load, a sixth of the edits broken. */
export async function soak(plan: SoakPlan): Promise<SoakResult> {
  const opened = openHandles();
  const lab = await startSoakLab();
  const versions = Array.from({ length: plan.edits + 1 }, (_, edit) =>
    versionOf(lab, firstMark + edit),
  );
  const place = await placeOf(versions[0]?.text ?? "");
  const notes = createNotes(() => manager);
  const manager: LLMConfigManager = new LLMConfigManager(place.file, { observers: [notes.note] });
  const audit = createAudit(lab);
  const load = startLoad(manager, plan.inFlight);
  const begun = () => load.figures().whole + load.figures().streamed;

  await until(() => begun() >= plan.warmUp, audit.read);
  const before = heapMiB();
  const startedAt = performance.now();
  const swaps: number[] = [];
  for (const [edit, version] of versions.entries()) {
    if (edit === 0) continue;
    const from = notes.length();
    await write(place, names[edit % names.length] ?? "", version.text, turn);
    const writtenAt = performance.now();
    await until(() => notes.has(version, from), audit.read);
    swaps.push(performance.now() - writtenAt);
    if (edit % 50 === 0) plan.say?.(`${edit} edits, ${begun()} requests`);
  }
  const minutes = (performance.now() - startedAt) / 60_000;
  await load.stop();
  audit.read();
  const after = heapMiB();
  const inUse = Object.keys(manager.getProviderStatus().providers);
  const gone = Object.keys(lab.providers).filter((name) => !inUse.includes(name));
  await until(() => gone.every((name) => lab.openConnections(name) === 0));
  await manager.close();
  await until(() => lab.openConnections() === 0);
  await lab.close();
  await place.remove();
  await until(() => openHandles() <= opened);
  const held = after - before > plan.heapMiB ? [`${after - before} MiB more are held`] : [];
  return {
    breaches: [...load.breaches, ...audit.breaches, ...notes.breaches(versions), ...held],
    figures: {
      ...{ edits: plan.edits, applied: notes.count("applied"), rejected: notes.count("rejected") },
      ...{ ...load.figures(), ...audit.seen, minutes },
      ...{ medianSwapMs: median(swaps), slowestSwapMs: Math.max(...swaps) },
      ...{ heapBeforeMiB: before, heapAfterMiB: after, gone: gone.length },
    },
  };
}

async function startSoakLab(): Promise<Lab> {
  const reply = ({ prompt }: { readonly prompt: string }) => replyTo(prompt);
  const pace = { latencyMs: 60, deltaMs: 5, reply };
  const lab = await startLab({
    providers: {
      first: { vendor: "openai", ...pace },
      second: { vendor: "deepseek", ...pace },
      third: { vendor: "qwen", ...pace },
    },
  });
  // One request in nine has to be asked again, here or elsewhere, by the same version.
  await lab.script("first", (number) => (number % 9 === 0 ? fault.status(500) : "well"));
  return lab;
}

/** Some turns of the event loop: the time between two steps of a write. */
async function turn(): Promise<void> {
  for (let count = 0; count < 3; count += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function until(holds: () => boolean, meanwhile = () => {}): Promise<void> {
  while (!holds()) {
    meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { startLab } from "../../src/lab/index.ts";
import { startGatekeeper } from "./gatekeeper.ts";
import { placeOf, realManager } from "./real-world.ts";
import type { Place } from "./styles.ts";
import { write } from "./styles.ts";

const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const key = (version: number) => `sk-test-version-${version}`;

function textOf(lab: Lab, origin: string, keyFile: string): string {
  const entry = lab.configuration("deepseek").providers["deepseek"];
  const api_endpoint = `${origin}/v1/chat/completions`;
  const one = { ...entry, api_endpoint, api_key: `file:${keyFile}`, retry_attempts: 1 };
  return JSON.stringify({ providers: { deepseek: one } });
}

/** One provider behind a door that knows its keys; its key stands in a file of its own. */
async function world() {
  const lab = await startLab({ providers: { deepseek: { vendor: "deepseek", deltaMs: 1 } } });
  const door = await startGatekeeper(lab.deepseek);
  door.keys.add(key(1));
  const secret = await placeOf(key(1));
  const configuration = await placeOf(textOf(lab, door.origin, secret.file));
  const real = realManager(configuration.file);
  ending.push(
    () => real.manager.close({ graceMs: 0 }),
    () => door.close(),
    () => lab.close(),
    () => secret.remove(),
    () => configuration.remove(),
  );
  return { door, secret, ...real };
}

type World = Awaited<ReturnType<typeof world>>;

/** Keeps so many requests under way, every other one a stream, until it is stopped. */
function keepAsking({ manager }: World, inFlight: number) {
  const failures: unknown[] = [];
  let number = 0;
  const over = new AbortController();

  async function askOn(): Promise<void> {
    while (!over.signal.aborted) {
      number += 1;
      const messages = [{ role: "user", content: `number ${number}` } as const];
      const asked =
        number % 2 === 0 ? manager.stream({ messages }).answer : manager.generate({ messages });
      await asked.catch((error: unknown) => failures.push(error));
    }
  }

  const all = Array.from({ length: inFlight }, askOn);
  return {
    failures,
    /** How many requests have begun. */
    begun: () => number,
    async stop() {
      over.abort();
      await Promise.all(all);
    },
  };
}

/** Turns of the event loop until something holds; the test's own timeout is the only limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function rotate({ door, swapped }: World, place: Place, version: number, style: string) {
  const told = swapped();
  door.keys.add(key(version));
  await write(place, style, `${key(version)}\n`);
  return told;
}

test("a key file rotated under load: whatever begins next has the new key, and nothing fails", async () => {
  const here = await world();
  const { door, secret } = here;
  const load = keepAsking(here, 40);
  const ways = [
    "beside it, and renamed over it",
    "in place",
    "by a swap of ..data, as Kubernetes does",
    "by a swap of ..data, as Kubernetes does",
    "removed, then created",
  ];
  for (const [index, style] of ways.entries()) {
    const version = index + 2;
    await until(() => load.begun() > version * 100);
    const told = await rotate(here, secret, version, style);
    expect(told).toMatchObject({ fresh: false, changes: [expect.stringContaining("api_key")] });
    const before = load.begun();
    // The vendor lets the old key in for as long as requests that began with it are under way.
    await until(() => door.inside(key(version - 1)) === 0 && load.begun() > before + 80);
    door.keys.delete(key(version - 1));
    const late = door.visits.filter(
      ({ number, key: used }) => number > before && used !== key(version),
    );
    expect(late).toEqual([]);
  }
  await load.stop();
  expect(load.failures).toEqual([]);
  expect(door.visits.filter((visit) => !visit.let)).toEqual([]);
  expect(new Set(door.visits.map((visit) => visit.key)).size).toBe(6);
});

test("a key that is refused is out of use until its file holds another: then at once in use", async () => {
  const here = await world();
  const { door, secret, manager, told, events } = here;
  const hello = { messages: [{ role: "user", content: "Hello" } as const] };
  door.keys.clear();
  await expect(manager.generate(hello)).rejects.toMatchObject({ failure: { kind: "auth" } });
  await expect(manager.generate(hello)).rejects.toMatchObject({ failure: { kind: "unavailable" } });
  expect(door.visits).toHaveLength(1);
  await rotate(here, secret, 2, "in place");
  expect((await manager.generate(hello)).provider).toBe("deepseek");
  expect(manager.getProviderStatus().providers["deepseek"]).toMatchObject({
    ...{ state: "ready", failures: 0, coolDowns: [], lastFailure: null },
  });
  expect(told()).toEqual(["configuration-applied", "configuration-applied"]);
  await until(() => events.some(({ type }) => type === "provider-well"));
});

test("a second key file in the same folder, of nobody, is nothing to tell", async () => {
  const here = await world();
  await writeFile(join(here.secret.folder, "other"), "sk-test-other");
  await rotate(here, here.secret, 2, "in place");
  expect(here.told()).toHaveLength(2);
});

import { writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { fault, startLab } from "../../src/lab/index.ts";
import { startGatekeeper } from "./gatekeeper.ts";
import { placeOf, realManager } from "./real-world.ts";

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** Turns of the event loop until something holds; the test's own timeout is the only limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

function textOf(lab: Lab, names: readonly string[], changes: object = {}): string {
  const { providers } = lab.configuration(...names);
  const entries = Object.entries(providers).map(([name, one]) => [name, { ...one, ...changes }]);
  return JSON.stringify({ providers: Object.fromEntries(entries) });
}

async function world(names: readonly string[]) {
  const lab = await startLab({
    providers: { old: { vendor: "openai" }, new: { vendor: "deepseek" } },
  });
  const door = await startGatekeeper(lab.openai);
  door.keys.add(lab.openai.key);
  const place = await placeOf(textOf(lab, names));
  const real = realManager(place.file);
  ending.push(
    () => real.manager.close({ graceMs: 0 }),
    () => door.close(),
    () => lab.close(),
    () => place.remove(),
  );
  const edit = async (text: string) => {
    const swapped = real.swapped();
    await writeFile(place.file, text);
    await swapped;
  };
  return { lab, door, place, edit, ...real };
}

describe("a request under way when the configuration changes (bifrost#1480, PR#2575, #607)", () => {
  test("ends on its own, a stream too, and then leaves no connection behind", async () => {
    const { lab, door, edit, manager } = await world(["new"]);
    await edit(textOf(lab, ["old"], { api_endpoint: `${door.origin}/v1/chat/completions` }));
    const release = door.hold();
    const stream = manager.stream(hello);
    const pieces = stream[Symbol.asyncIterator]();
    const whole = manager.generate(hello);
    await pieces.next();
    await until(() => door.inside(lab.openai.key) === 2);
    await edit(textOf(lab, ["new"]));
    expect((await manager.generate(hello)).provider).toBe("new");
    expect(door.connections()).toBe(2);
    release();
    for (;;) if ((await pieces.next()).done === true) break;
    expect(await stream.answer).toMatchObject({ provider: "old", finishReason: "stop" });
    expect((await whole).provider).toBe("old");
    await until(() => door.connections() === 0);
  });

  test("and tries again at a provider that is gone leaves no connection either", async () => {
    const { lab, edit, manager, event } = await world(["old"]);
    await lab.script("old", [fault.status(429, { retryAfter: 1 })]);
    const answer = manager.generate(hello);
    await event(({ type }) => type === "request-wait");
    await edit(textOf(lab, ["new"]));
    expect((await answer).provider).toBe("old");
    expect(lab.tally("old").requests).toBe(2);
    await until(() => lab.openConnections("old") === 0);
  });

  test("keeps the connections of a provider that stays", async () => {
    const { lab, edit, manager } = await world(["old"]);
    await manager.generate(hello);
    await edit(textOf(lab, ["old", "new"]));
    await manager.generate(hello);
    expect(lab.openConnections("old")).toBe(1);
  });

  test("PraisonAI#5144: is not touched by a configuration that is refused", async () => {
    const { lab, place, manager, event } = await world(["old"]);
    await manager.generate(hello);
    await writeFile(place.file, textOf(lab, ["new"], { timeout: -1 }));
    await event(({ type }) => type === "configuration-rejected");
    expect((await manager.generate(hello)).provider).toBe("old");
    expect(lab.openConnections("old")).toBe(1);
  });
});

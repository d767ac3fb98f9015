import { mkdir, rename } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { systemFiles } from "../../src/node/files.ts";
import { createSystemWatch } from "../../src/node/watch.ts";
import { textOf } from "./quiet-world.ts";
import { clockLooking, deafWatch, placeOf, realManager, watchThatTells } from "./real-world.ts";
import { styles, write } from "./styles.ts";

/** Three times each: a watcher can notice the first edit and be deaf from then on. */
const marks = [2, 3, 4];

const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function world(ports: Parameters<typeof realManager>[1] & object) {
  const place = await placeOf(textOf(1));
  const real = realManager(place.file, ports);
  ending.push(
    () => real.manager.close(),
    () => place.remove(),
  );
  return { place, ...real };
}

describe("§6.6 llama-swap#547, hookaido#275, gatus#151: a file that is written", () => {
  test.each(Object.keys(styles))("%s is noticed by the watcher alone", async (style) => {
    const { watch, ready } = watchThatTells();
    const { place, applied, told } = await world({
      ports: { watch, clock: clockLooking("never") },
    });
    await ready;
    for (const mark of marks) {
      await write(place, style, textOf(mark));
      await applied(mark);
    }
    expect(told().filter((type) => type === "configuration-applied")).toHaveLength(4);
  });

  test.each(Object.keys(styles))(
    "%s is noticed by looking alone (kubernetes#112677, bind mounts, NFS)",
    async (style) => {
      const { place, applied, told } = await world({
        ports: { watch: deafWatch, clock: clockLooking("often") },
      });
      for (const mark of marks) {
        await write(place, style, textOf(mark));
        await applied(mark);
      }
      expect(told().filter((type) => type === "configuration-applied")).toHaveLength(4);
    },
  );

  test("in a folder made anew after it was moved away is noticed by the watcher again", async () => {
    const { watch, ready } = watchThatTells(createSystemWatch(50));
    const { place, applied } = await world({ ports: { watch, clock: clockLooking("never") } });
    await ready;
    await rename(place.folder, `${place.folder}-away`);
    await mkdir(place.folder);
    for (const mark of marks) {
      await write(place, "in place", textOf(mark));
      await applied(mark);
    }
  });

  test("between construction and the watcher's first moment is noticed", async () => {
    const { place, applied } = await world({ ports: { clock: clockLooking("never") } });
    await write(place, "in place", textOf(2));
    await applied(2);
  });
});

test("what was read in the middle of a write is never in force", async () => {
  const reads: string[] = [];
  let wake = () => {};
  const files = {
    ...systemFiles,
    async read(path: string) {
      const bytes = await systemFiles.read(path);
      reads.push(new TextDecoder().decode(bytes));
      wake();
      return bytes;
    },
  };
  const { place, applied, events } = await world({ ports: { files } });
  const text = textOf(2);
  const half = text.slice(0, Math.floor(text.length / 2));
  await write(place, "in place, in two halves", text, async () => {
    while (!reads.includes(half)) await new Promise<void>((resolve) => (wake = resolve));
  });
  await applied(2);
  expect(reads).toContain(half);
  const inForce = events.filter(({ type }) => type === "configuration-applied");
  expect(inForce).toHaveLength(2);
});

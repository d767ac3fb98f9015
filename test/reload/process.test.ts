import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, start } from "../child.ts";
import { textOf } from "./quiet-world.ts";

let folder = "";
const file = () => join(folder, "llm.json");
const url = (path: string) => JSON.stringify(pathToFileURL(join(root, path)).href);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "standin-reload-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a program of its own says, and how it ends. */
async function play(program: string, ...flags: readonly string[]) {
  writeFileSync(file(), textOf(1));
  const text = `
    import { once } from "node:events";
    import { writeFileSync } from "node:fs";
    const file = ${JSON.stringify(file())};
    const changed = ${JSON.stringify(textOf(2))};
    ${program}`;
  return start([...flags, "--input-type=module", "-e", text]).finished;
}

test("a program that only holds a manager of a watched file ends by itself", async () => {
  const { code, err } = await play(`
    const { LLMConfigManager } = await import(${url("src/index.ts")});
    globalThis.held = new LLMConfigManager(file, { observers: [() => {}] });
    // Long enough for the watcher to be at work.
    await new Promise((resolve) => setTimeout(resolve, 400));
  `);
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test("a program may end in the middle of a change", async () => {
  const { code, err } = await play(`
    const { LLMConfigManager } = await import(${url("src/index.ts")});
    globalThis.held = new LLMConfigManager(file, { observers: [() => {}] });
    await new Promise((resolve) => setTimeout(resolve, 400));
    writeFileSync(file, "{");
    await new Promise((resolve) => setTimeout(resolve, 20));
  `);
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test.each(["EMFILE", "ENOSPC"])(
  "where the system refuses to watch (%s) this is told",
  async (code) => {
    const { out, err } = await play(`
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    fs.watch = () => { throw Object.assign(new Error("${code}: no more watchers"), { code: "${code}" }); };
    syncBuiltinESMExports();
    const { LLMConfigManager } = await import(${url("src/index.ts")});
    const { clockLooking } = await import(${url("test/reload/real-world.ts")});
    const alive = setInterval(() => {}, 1_000);
    const manager = new LLMConfigManager(file, {
      ports: { clock: clockLooking("often") },
      observers: [(event) => {
        console.log(event.type, event.message ?? "");
        if (event.type === "configuration-unwatched") writeFileSync(file, changed);
        if (event.version === 2) manager.close().then(() => clearInterval(alive));
      }],
    });
  `);
    expect(err).toBe("");
    const lines = out.trim().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      new RegExp(`^configuration-unwatched .*${code}: no more watchers`, "u"),
    );
    expect(lines[2]).toContain("configuration-applied");
  },
);

test("a manager that nobody holds any more is not watched for", async () => {
  const { out, err } = await play(
    `
    const { LLMConfigManager } = await import(${url("src/index.ts")});
    const { systemPorts } = await import(${url("src/node/ports.ts")});
    const { createManualClock } = await import(${url("test/manual-clock.ts")});
    const { systemClock } = await import(${url("src/node/clock.ts")});
    const clock = { ...createManualClock(), defer: systemClock.defer };
    let open = 0;
    const watch = () => { open += 1; return () => void (open -= 1); };
    const ports = { ...systemPorts(), clock, watch };
    for (let made = 0; made < 50; made += 1) {
      new LLMConfigManager(file, { ports, observers: [() => {}] });
    }
    let kept = new LLMConfigManager(file, { ports, observers: [() => {}] });
    console.log(open);
    // What was made in one turn is held until a later one.
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      gc();
    }
    clock.advance(5_000);
    console.log(open, clock.pending(), kept.getProviderStatus().configuration.applied.version);
    kept = null;
  `,
    "--expose-gc",
  );
  expect(err).toBe("");
  expect(out.trim().split("\n")).toEqual(["51", "1 1 1"]);
});

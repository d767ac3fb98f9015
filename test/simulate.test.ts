import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { LLMConfigManager } from "../src/index.ts";
import type { LabRequest, Turn } from "../src/lab/index.ts";
import { always, fault, seededRandom, startLab } from "../src/lab/index.ts";
import { readDuration, sayDuration } from "../src/simulate/duration.ts";
import { disguise } from "../src/simulate/disguise.ts";
import { faultWords } from "../src/simulate/fault-words.ts";
import { readOutages } from "../src/simulate/outage.ts";
import { writePage } from "../src/simulate/page.ts";
import { createRecorder } from "../src/simulate/recorder.ts";
import { tell } from "../src/simulate/result.ts";
import type { Plot } from "../src/simulate/simulate.ts";
import { arrivalsOf, ask, leftBy, simulate } from "../src/simulate/simulate.ts";
import type { Happenings } from "../src/simulate/story.ts";
import { summarize } from "../src/simulate/summary.ts";
import type { Summary } from "../src/simulate/summary.ts";
import { createVirtualClock } from "../src/simulate/virtual-clock.ts";
import { root, standin } from "./child.ts";

// Much is played here, and the machine may have other work: no promise hangs on these seconds.
vi.setConfig({ testTimeout: 120_000 });

const secret = "sk-live-CANARY-77aa01";
const each = { max_tokens: 150, temperature: 0.7, timeout: 30, retry_attempts: 3 };
const native = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";
const chat = "https://api.deepseek.com/v1/chat/completions";
const classic = {
  providers: {
    qwen: {
      provider_name: "qwen",
      api_endpoint: native,
      api_key: secret,
      model_name: "qwen-turbo",
      ...each,
    },
    deepseek: {
      provider_name: "deepseek",
      api_endpoint: chat,
      api_key: "your-deepseek-api-key",
      model_name: "deepseek-chat",
      ...each,
    },
  },
};
const names = ["qwen", "deepseek"];

let folder = "";
let file = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-simulate-"));
  file = join(folder, "llm_configuration.json");
  await writeFile(file, JSON.stringify(classic, null, 2));
});

afterAll(() => rm(folder, { recursive: true }));

function run(...args: readonly string[]) {
  return standin(["simulate", file, ...args]);
}

function plotOf(outage: string, minutes: number, seed = 1): Plot {
  const load = { perSecond: 2, durationMs: minutes * 60_000, streams: "half" } as const;
  return { text: JSON.stringify(classic), outages: readOutages(outage, names), load, seed };
}

async function count(outage: string, minutes: number): Promise<Summary> {
  const plot = plotOf(outage, minutes);
  return summarize(await simulate(plot), names, plot.outages);
}

describe("the classic configuration, its first provider down for five minutes", () => {
  test("docs/simulate.md tells the story as it is (npx vitest run test/simulate.test.ts -u)", async () => {
    const { code, out, err } = await run("--outage", "qwen:down@60s+5m");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toContain("\u001B");
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(/^SIMULATED: /u);
    const path = join(root, "docs", "simulate.md");
    const page = await readFile(path, "utf8");
    const words = [...faultWords].map(([word, { says }]) => `| \`${word}\` | ${says} |`).join("\n");
    const told = page
      .replace(/```text\n[^`]*```/u, () => `\`\`\`text\n${out}\`\`\``)
      .replace(/(\| fault \|.*\n\|---\|---\|\n)(?:\|.*\n)*/u, (_, head) => `${head}${words}\n`);
    await expect(told).toMatchFileSnapshot(path);
  });

  test("everything is answered; qwen is left within seconds and returned to after it is well", async () => {
    const { all, during, providers, outages } = await count("qwen:down@60s+5m", 15);
    expect(all.answered).toBe(all.requests);
    expect(all.requests).toBeGreaterThan(1_600);
    expect(during?.requests).toBeGreaterThan(500);
    expect(providers["deepseek"]?.wasted).toBe(0);
    expect(providers["deepseek"]?.absences).toEqual([]);
    // Of 600 calls that would have met nothing: those that opened the breaker, and its probes.
    expect(providers["qwen"]?.wasted).toBeLessThan(40);
    expect(Object.keys(providers["qwen"]?.failed ?? {})).toEqual(["network"]);
    expect(outages[0]?.leftAfterMs).toBeLessThan(10_000);
    expect(outages[0]?.backAfterMs).toBeGreaterThan(0);
    const share = (providers["qwen"]?.share ?? 0) + (providers["deepseek"]?.share ?? 0);
    expect(share).toBeCloseTo(1);
  });

  test("fifteen minutes at five requests a second take less than five seconds", async () => {
    const before = process.cpuUsage();
    const plot = plotOf("qwen:down@60s+5m", 15);
    await simulate({ ...plot, load: { ...plot.load, perSecond: 5 } });
    const { user, system } = process.cpuUsage(before);
    // Of this machine's work, so that others at work beside it do not matter.
    expect((user + system) / 1_000_000).toBeLessThan(5);
  });
});

test("the same seed gives the same story, another seed another", async () => {
  const [first, again, other] = await Promise.all([
    simulate(plotOf("qwen:flaky@30s+1m", 3)),
    simulate(plotOf("qwen:flaky@30s+1m", 3)),
    simulate(plotOf("qwen:flaky@30s+1m", 3, 2)),
  ]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

describe("each fault does what it says", () => {
  const kinds: readonly (readonly [string, string])[] = [
    ["down", "network"],
    ["429", "rate_limited"],
    ["429(5)", "rate_limited"],
    ["500", "server"],
    ["503", "overloaded"],
    ["401", "auth"],
    ["402", "quota"],
    ["slow(40)", "timeout"],
    ["silent", "timeout"],
    ["cut", "network"],
    ["flaky(80%)", "server"],
    ["empty", "malformed"],
  ];

  test("and every word is tried", () => {
    const tried = kinds.map(([word]) => word.replace(/\(.*/u, ""));
    expect([...new Set(tried)]).toEqual([...faultWords.keys()]);
  });

  test.each(kinds)("%s is met as %s", async (word, kind) => {
    const { providers, all } = await count(`qwen:${word}@10s+1m`, 3);
    expect(Object.keys(providers["qwen"]?.failed ?? {})).toEqual([kind]);
    expect(providers["qwen"]?.wasted).toBeGreaterThan(0);
    expect(all.answered + all.brokenOff).toBe(all.requests);
  });

  test("slow, within the timeout, is waited for", async () => {
    const { providers, all } = await count("qwen:slow@10s+1m", 3);
    expect(providers["qwen"]?.wasted).toBe(0);
    expect(all.latencyMs?.max).toBeGreaterThan(19_000);
  });
});

describe("the outage language", () => {
  test("reads what it should", () => {
    expect(readOutages(" qwen:down@60s+5m ; deepseek:slow(45)@1h; ", names)).toEqual([
      { provider: "qwen", fault: "down", argument: null, startMs: 60_000, endMs: 360_000 },
      { provider: "deepseek", fault: "slow", argument: 45, startMs: 3_600_000, endMs: null },
    ]);
    expect(readOutages("qwen:flaky(30%)@0+1m", names)[0]).toMatchObject({ argument: 30 });
    expect(readOutages("a:b:429(30)@90+1m30s", ["a:b"])[0]).toMatchObject({ endMs: 180_000 });
    expect(readOutages("", names)).toEqual([]);
  });

  test.each([
    ["qwn:down@1m", /column 1: there is no provider "qwn".*Did you mean qwen\?/u],
    ["qwen:down@1m; depseek:down@1m", /column 15: .*Did you mean deepseek\?/u],
    ["qwen:dwn@1m", /column 6: "dwn" is no fault; the words are down, 429.*Did you mean down\?/u],
    ["qwen:down", /column 1: .* is not provider:fault@start\+duration/u],
    ["qwen:down@soon", /column 11: "soon" is not a time, such as 60s/u],
    ["qwen:down@1m+x", /column 14: "x" is not a time/u],
    ["qwen:down@1m+0s", /column 14: an outage lasts longer than 0/u],
    ["qwen:down@1m+1m+1m", /column 11: .*more than one \+/u],
    ["qwen:down(3)@1m", /column 6: down takes nothing in brackets/u],
    ["qwen:slow(fast)@1m", /column 11: "fast" is not seconds/u],
    ["qwen:flaky(120%)@1m", /column 12: "120%" is not a share/u],
    ["qwen:constructor@1m", /"constructor" is no fault/u],
    ["qwen:down@999h", /longer than a week/u],
  ])("%s", (text, said) => {
    expect(() => readOutages(text, names)).toThrow(said);
  });

  test("times are read and said", () => {
    expect(["250ms", "1.5m", "1h30m", "7"].map(readDuration)).toEqual([250, 90_000, 5.4e6, 7_000]);
    expect(["", "-1s", "1d", "m", "1m 2s"].map(readDuration)).toEqual(Array(5).fill(null));
    expect([82, 1_940, 45_000, 168_000, 3_900_000].map(sayDuration)).toEqual([
      "82 ms",
      "1.9 s",
      "45 s",
      "2 min 48 s",
      "1 h 5 min",
    ]);
  });
});

describe("the command", () => {
  test("prints everything as JSON", async () => {
    const { code, out } = await run("--outage", "qwen:429(30)@30s+1m", "--rps", "1", "--json");
    expect(code).toBe(0);
    const told = JSON.parse(out) as Record<string, unknown>;
    expect(told).toMatchObject({
      simulated: true,
      load: { perSecond: 1, durationMs: 600_000, streams: "half" },
      seed: 1,
      summary: {
        all: { requests: expect.any(Number), latencyMs: { p99: expect.any(Number) } },
        providers: { qwen: { absences: [{ because: "rate_limited" }] }, deepseek: {} },
        outages: [{ provider: "qwen", fault: "429", argument: 30, endMs: 90_000 }],
      },
      timeline: { stretchMs: 10_000, providers: { qwen: expect.any(Array) } },
      advice: expect.any(Array),
    });
    expect(out).not.toContain("CANARY");
  });

  test("a wrong outage is a wrong command", async () => {
    const { code, out, err } = await run("--outage", "qwn:down@1m");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Did you mean qwen?");
    expect((await run("--rps", "1000", "--for", "1h")).err).toContain("more than 200000 requests");
    expect((await run("--outage", "qwen:down@1h", "--for", "10m")).err).toContain("after the end");
    expect((await run("--rps", "0")).code).toBe(2);
    expect((await run("--for", "soon")).code).toBe(2);
    expect((await run("--stream", "some")).code).toBe(2);
  });

  test("a file that cannot be used is told as check tells it", async () => {
    const broken = join(folder, "broken.json");
    await writeFile(broken, '{ "providers": { "qwen": { "api_key": "env:NOT_SET" } } }');
    const { code, out } = await standin(["simulate", broken]);
    expect(code).toBe(3);
    expect(out).toContain(`${broken}:1:`);
    expect(out).toContain("cannot be used: 2 errors");
    const json = await standin(["simulate", broken, "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ error: { kind: "configuration" } });
    const lost = await standin(["simulate", join(folder, "lost.json")]);
    expect(lost.code).toBe(3);
    expect(lost.err).toContain("standin init");
  });

  test("without an outage it says who had nothing to do", async () => {
    const { out } = await run("--rps", "0.5");
    expect(out).toContain("nothing went wrong");
    expect(out).toContain("deepseek had nothing to do.");
  });
});

test("colours say what the characters do, and names cannot act on a terminal", async () => {
  const plot = plotOf("qwen:down@60s+2m", 6);
  const result = tell(plot, await simulate(plot), 40);
  const painted = writePage(result, { width: 60, paint: (style, text) => `<${style}>${text}</>` });
  expect(painted).toMatch(/^qwen {5}<green>█+<\/>/mu);
  expect(painted).toContain("<red>×</>");
  expect(painted).toMatch(/<dim>·+<\/>/u);
  expect(painted).toMatch(/^scripted +<yellow>├─down─+┤<\/>/mu);
  const { summary } = result;
  const odd = { ...summary, providers: { "a\u001B[2Jb": summary.providers["qwen"] ?? fail() } };
  const timeline = { ...result.timeline, providers: {} };
  const page = writePage({ ...result, summary: odd, timeline }, { width: 60, paint: (_, t) => t });
  expect(page).not.toContain("\u001B");
});

function fail(): never {
  throw new Error("no numbers of qwen");
}

test("virtual time passes in order, and what is cancelled does not happen", async () => {
  const random = seededRandom(7);
  const clock = createVirtualClock(0);
  const due: number[] = [];
  const happened: number[] = [];
  for (let number = 0; number < 500; number += 1) {
    const at = Math.floor(random.next() * 100);
    const cancel = clock.setTimer(at, () => void happened.push(at * 1_000 + number));
    if (random.next() < 0.3) cancel();
    else due.push(at * 1_000 + number);
  }
  expect(clock.pending()).toBe(due.length);
  await clock.live();
  expect(happened).toEqual(due.toSorted((a, b) => a - b));
  expect(clock.pending()).toBe(0);
});

test("no key reaches the engine, and equal keys stay equal", () => {
  const text = `{ // mine
    "providers": { "a": { "api_key": "${secret}" }, "b": { "api_key": "env:KEY" },
      "c": { "api_key": "${secret}", "headers": { "x-team": "env:TEAM" } } } }`;
  const changed = disguise(text);
  expect(changed).not.toContain("CANARY");
  expect(changed).not.toContain("env:KEY");
  expect(changed).toContain("env:TEAM");
  expect(changed.match(/sk-simulated-1"/gu)).toHaveLength(2);
  expect(changed.match(/sk-simulated-2"/gu)).toHaveLength(1);
});

test("providers that differ in their key alone are told apart", async () => {
  const { qwen } = classic.providers;
  const twin = { ...qwen, provider_name: "twin", api_key: "sk-another-key-of-mine" };
  const text = JSON.stringify({ providers: { qwen, twin } });
  const twins = ["qwen", "twin"];
  const outages = readOutages("qwen:401@0", twins);
  const load = { perSecond: 1, durationMs: 60_000, streams: "none" } as const;
  const { all, providers } = summarize(
    await simulate({ text, outages, load, seed: 1 }),
    twins,
    outages,
  );
  expect(all.answered).toBe(all.requests);
  expect(providers["twin"]?.share).toBe(1);
});

describe("the same story in real time, a hundred times shorter, over real sockets", () => {
  const failover = {
    backoff: { base: 0.01, max: 0.3, jitter: 0.01 },
    circuit_breaker: { open: 0.3, open_max: 6, window: 1 },
  };
  const outages = readOutages("qwen:down@600ms+3s", names);
  const load = { perSecond: 40, durationMs: 6_600, streams: "half" } as const;
  const answerMs = (random: { next(): number }) => 10 + 20 * random.next();

  async function inRealTime(): Promise<{ story: Happenings; lateMs: number }> {
    await using lab = await startLab();
    const random = seededRandom(1);
    const well = (_number: number, _request: LabRequest): Turn =>
      fault.slowFirstByte(answerMs(random));
    for (const name of names) await lab.script(name, well);
    const configuration = { ...lab.configuration(...names), failover };
    await using manager = LLMConfigManager.from(configuration, { ports: { warn: () => {} } });
    const startedAt = Date.now();
    const recorder = createRecorder(startedAt, () => leftBy(manager));
    manager.subscribe(recorder.observe);
    const [outage] = outages;
    let lateMs = 0;
    const at = async (ms: number) => {
      const leftMs = Math.max(0, startedAt + ms - Date.now());
      await new Promise((resolve) => setTimeout(resolve, leftMs));
      lateMs = Math.max(lateMs, Date.now() - startedAt - ms);
    };
    const script = async () => {
      await at(outage?.startMs ?? 0);
      await lab.script("qwen", always(fault.refused()));
      await at(outage?.endMs ?? 0);
      await lab.script("qwen", well);
    };
    const requests = [...arrivalsOf({ load, seed: 1 })].map(async ({ atMs, stream }) => {
      await at(atMs);
      await ask(manager, stream);
    });
    await Promise.all([script(), ...requests]);
    await at(load.durationMs + 50);
    return { story: recorder.story(), lateMs };
  }

  test("the order is the same, the counts nearly so", async () => {
    const text = JSON.stringify({ ...classic, failover });
    const virtual = await simulate({ text, outages, load, seed: 1, answerMs });
    const { story: real, lateMs } = await inRealTime();
    const [simulated, lived] = [virtual, real].map((story) => summarize(story, names, outages));
    for (const told of [simulated, lived]) {
      expect(told?.all.answered).toBe(told?.all.requests);
      expect(told?.providers["deepseek"]).toMatchObject({ wasted: 0, absences: [] });
      // Left once, returned to once.
      expect(told?.providers["qwen"]?.absences).toHaveLength(1);
      expect(told?.providers["qwen"]?.absences[0]).toMatchObject({
        because: "network",
        returnedMs: expect.any(Number),
      });
    }
    expect(lived?.all.requests).toBe(simulated?.all.requests);
    const of = (told: Summary | undefined) => told?.providers["qwen"];
    const [one, other] = [of(simulated), of(lived)];
    // Stated tolerances: a probe, ten calls, an eighth of the answers; and what a machine too busy
    // to keep the time adds: it asks in bursts, which nobody can call back.
    const burst = 4 * load.perSecond * (lateMs / 1_000);
    const probes = (counts: typeof one) => counts?.absences[0]?.probes ?? -9;
    expect(Math.abs(probes(one) - probes(other))).toBeLessThanOrEqual(1 + lateMs / 300);
    const [wasted, share] = [other?.wasted ?? 0, other?.share ?? 9];
    expect(Math.abs((one?.wasted ?? 0) - wasted)).toBeLessThanOrEqual(10 + burst);
    const answers = simulated?.all.answered ?? 1;
    expect(Math.abs((one?.share ?? 0) - share)).toBeLessThanOrEqual(0.125 + burst / answers);
  });
});

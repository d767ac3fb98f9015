import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fault, startLab, type LabAsk } from "standin/lab";
import { run } from "../../examples/diary/cli/run.ts";
import { simulatedModel } from "../../examples/diary/simulated/model.ts";
import { diaryHouse } from "./house.ts";

const folder = mkdtempSync(join(tmpdir(), "diary-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// One day in Shanghai and in Berlin: with the machine's time there would be two of some evenings.
beforeEach(() => void vi.setSystemTime("2026-11-23T12:00:00Z"));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
const own = join(import.meta.dirname, "../../examples/diary/config/diary.json");
let files = 0;
const newPath = () => join(folder, `${(files += 1)}.sqlite`);

async function diary(db: string, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(
    [...args, "--db", db],
    { LANG: "en_US.UTF-8" },
    {
      print: (line) => void out.push(line),
      complain: (line) => void err.push(line),
    },
  );
  return { code, out: out.join("\n"), err: err.join("\n") };
}

// As on a full disk: what is there can be read.
async function newPathThatTakesNothing(): Promise<string> {
  const path = newPath();
  await diary(path, "write", "toy_claimed", "--context", '{"new_owner":"x"}');
  const database = new DatabaseSync(path);
  database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no room'); END",
  );
  database.close();
  return path;
}

describe("diary day", () => {
  test("lives a day with a hundred events while a provider fails in the middle", async () => {
    const { code, out } = await diary(newPath(), "day", "--user", "lily", "--seed", "7");
    expect(code).toBe(0);
    const lines = [
      "SIMULATED: the providers sim-qwen, sim-deepseek are simulated",
      "lily's 2026-11-22: 100 events.",
      "toy_claimed · by sim-qwen (qwen-flash)",
      'full_moon: no such event: there is no event "full_moon"',
      "made_new_friend: something is missing or does not fit: friend is missing",
      "── sim-qwen fails from here on ──",
      "by sim-deepseek (deepseek-flash)",
      "── sim-qwen is well again ──",
      "by sim-qwen (qwen-flash)",
      "the day's quota is reached",
      "entries: 5, days: 1",
    ];
    let rest = out;
    for (const line of lines) {
      expect(rest).toContain(line);
      rest = rest.slice(rest.indexOf(line) + 1);
    }
  });

  test("prints what docs/diary.md shows", async () => {
    const path = join(import.meta.dirname, "../../docs/diary.md");
    const [, shown = "nothing"] =
      /```text\n(SIMULATED[\s\S]*?)```/u.exec(readFileSync(path, "utf8")) ?? [];
    const { out } = await diary(newPath(), "day", "--user", "lily", "--seed", "7");
    expect(out.split("\n").slice(0, -1).join("\n")).toBe(shown.trimEnd());
  });

  test("is the same in every run, and another one each day", async () => {
    const path = newPath();
    const args = ["day", "--user", "max", "--seed", "3", "--events", "40"];
    const one = await diary(path, ...args);
    const other = await diary(newPath(), ...args);
    expect(other.out.split("\n").slice(0, -1)).toEqual(one.out.split("\n").slice(0, -1));
    const next = await diary(path, ...args);
    expect(next.out).toContain("max's 2026-11-23: 40 events.");
  });

  test("tells of outages of every provider, of each event, and in Chinese", async () => {
    const outages = ["sim-qwen@00:00-24:00", "sim-deepseek@00:00-24:00"];
    const said = outages.flatMap((one) => ["--outage", one]);
    const args = ["day", "--seed", "7", "--every", "--lang", "zh", "--events", "30"];
    const { out } = await diary(newPath(), ...args, ...said);
    expect(out).toContain("模拟：服务商 sim-qwen, sim-deepseek 是模拟的");
    expect(out).toContain("日记自己写的：没有服务商能写, no_provider:");
    expect(out).toContain("当天的篇数已满：已写");
    expect(out).not.toMatch(/（qwen|（deepseek/u);
  });

  test.each([
    [["day", "--outage", "qwen@1:00-2:00"], "--outage must be as in sim-qwen@10:30-14:00"],
    [["day", "--outage", "sim-qwen@9:00-8:00"], "ends before it begins"],
    [["day", "--user", "a\nb"], "--user must be a name of at most 200 characters, on one line"],
    [["list", "--user", " "], "--user must be a name"],
    [["list", "--user", "a\u2028b"], "--user must be a name"],
    [["day", "--seed", "x"], "--seed must be a whole number"],
    [["day", "--outage", "sim-qwen"], "--outage must be as in sim-qwen@10:30-14:00"],
    [["day", "--real", "--outage", "none"], "--outage is of simulated providers"],
    [["day", "--day", "9999-12-31"], "--day must be a date such as 2026-11-22, from 2000"],
    [["write", "toy_claimed", "--outage", "none"], '"write" takes no --outage, but --user,'],
    [["list", "--every"], '"list" takes no --every, but --user, --day, --tag'],
    [["day", "--events", "0"], "--events must be a whole number from 1"],
    [["day", "--day", "tomorrow"], "--day must be a date such as 2026-11-22"],
    [["day", "--lang", "fr"], "--lang must be en or zh"],
    [["day", "--colour"], "Unknown option '--colour'"],
    [["day", "one", "two"], 'What is "two"?'],
    [["dya"], "There is no command dya."],
  ])("%j is refused in clear words", async (args, words) => {
    const { code, out, err } = await diary(newPath(), ...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
    // Nothing was begun that would have to be undone.
    expect(out).toBe("");
  });

  test("on a file without a name is refused: nothing would be kept", async () => {
    const { code, out, err } = await diary("", "day");
    expect([code, out, err]).toEqual([2, "", "--db must name a file."]);
  });

  test("calls the toy's owner by the owner's own name", async () => {
    const asked: string[] = [];
    const path = newPath();
    await diary(path, "day", "--user", "max", "--events", "10");
    const told = await diary(path, "why", "toy_claimed", "--json");
    for (const { context } of JSON.parse(told.out) as { context: { new_owner: string } }[]) {
      asked.push(context.new_owner);
    }
    expect(asked).toEqual(["Max"]);
  });

  test("on a database that takes nothing says so once, with a count, and fails", async () => {
    const path = await newPathThatTakesNothing();
    const { code, out } = await diary(path, "day", "--seed", "7", "--day", "2026-12-01");
    expect(code).toBe(1);
    const lines = out.split("\n").filter((line) => line.includes("no room"));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^! trouble: The diary's database .* says: no room\.$/u);
    expect(lines[1]).toMatch(/^! 5 times: The diary's database/u);
    expect(out).toContain("The day ends here: nothing can be kept.");
    expect(out).toContain("tell it again by --day 2026-12-01");
  });

  test("lived again keeps what is kept: the same events, told once more", async () => {
    const path = newPath();
    const args = ["day", "--seed", "7", "--events", "30", "--day", "2026-12-01"];
    const one = await diary(path, ...args);
    const kept = await diary(path, "list", "--json");
    const again = await diary(path, ...args);
    expect(again.out).not.toContain("its id belongs to another event");
    expect(again.out.split("entries:")[1]).toEqual(one.out.split("entries:")[1]);
    expect((await diary(path, "list", "--json")).out).toBe(kept.out);
  });

  test("tells once of each event that waits for a provider, and counts those at the end", async () => {
    const config = mkdtempSync(join(folder, "queue-"));
    const settings = JSON.parse(readFileSync(own, "utf8")) as { writing: object };
    const writing = { ...settings.writing, when_all_fail: "queue" };
    writeFileSync(join(config, "diary.json"), JSON.stringify({ ...settings, writing }));
    const outages = ["sim-qwen@00:00-24:00", "sim-deepseek@00:00-24:00"];
    const said = outages.flatMap((one) => ["--outage", one]);
    const path = newPath();
    const { code, out } = await diary(path, "day", "--seed", "7", ...said, "--config", config);
    expect(code).toBe(0);
    const waits = out.split("\n").filter((line) => line.includes("waits for a provider"));
    expect(waits[0]).toMatch(/waits for a provider: toy_claimed: .*sim-/u);
    expect(waits.length).toBeGreaterThan(1);
    expect(new Set(waits.map((line) => line.split(": ")[1])).size).toBe(waits.length);
    expect(out).toContain(`waiting       for a provider ${waits.length}`);
    expect(out).toContain("entries: 0, days: 0");
  });
});

describe("diary write", () => {
  test("writes one entry, and says why when it writes none", async () => {
    const path = newPath();
    const context = JSON.stringify({ new_owner: "莉莉" });
    const first = await diary(path, "write", "toy_claimed", "--context", context);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain("toy_claimed · by sim-qwen (qwen-flash)");
    const neglect = ["write", "neglect_1_day_no_dialogue", "--context", '{"days":1}'];
    const later = await diary(path, ...neglect);
    expect(later.out).toMatch(/it is written on the next day; its turn comes at \d{4}-/u);
    const forced = await diary(path, ...neglect, "--force", "--json");
    const result = JSON.parse(forced.out) as { entry: { event: string; content: string } };
    expect(result.entry.event).toBe("neglect_1_day_no_dialogue");
    const listed = await diary(path, "list", "--json");
    expect(JSON.parse(listed.out)).toHaveLength(2);
  });

  test.each([
    [["write", "liked"], 1, 'liked: no such event: there is no event "liked"'],
    [["write", "liked_single"], 1, 'friend is missing (朋友的昵称, such as "豆豆")'],
    [["write", "toy_claimed", "--context", "{"], 2, "--context: this is not JSON"],
    [["write", "toy_claimed", "--context", "[]"], 1, "context must be an object"],
    [["write"], 2, "Which event?"],
  ])("%j is refused in clear words", async (args, code, words) => {
    const result = await diary(newPath(), ...args);
    expect(result.code).toBe(code);
    expect(result.out + result.err).toContain(words);
  });

  test("on a database that takes nothing says so in one line", async () => {
    const path = await newPathThatTakesNothing();
    const told = ["write", "favorite_season", "--context", '{"season":"秋天"}'];
    const { code, err } = await diary(path, ...told);
    expect(code).toBe(2);
    expect(err).toMatch(/^The diary's database .* says: no room\.$/u);
  });

  test("with --real and no keys says which are missing, and calls nobody", async () => {
    vi.stubEnv("DASHSCOPE_API_KEY", undefined);
    vi.stubEnv("DEEPSEEK_API_KEY", undefined);
    const args = ["write", "toy_claimed", "--context", '{"new_owner":"x"}', "--real"];
    const { code, err } = await diary(newPath(), ...args);
    expect(code).toBe(2);
    for (const key of ["DASHSCOPE_API_KEY", "DEEPSEEK_API_KEY"]) expect(err).toContain(key);
  });

  test("with a configuration that has no such route says what to do", async () => {
    vi.stubEnv("DEEPSEEK_API_KEY", "sk-test-1");
    const provider = {
      ...{
        api_endpoint: "https://api.deepseek.com/v1/chat/completions",
        api_key: "env:DEEPSEEK_API_KEY",
      },
      model_name: "deepseek-v4-flash",
    };
    const text = JSON.stringify({ providers: { deepseek: provider } });
    writeFileSync(join(folder, "llm_configuration.json"), text);
    copyFileSync(own, join(folder, "diary.json"));
    const args = ["write", "toy_claimed", "--context", '{"new_owner":"x"}', "--real"];
    const { code, err } = await diary(newPath(), ...args, "--config", folder);
    expect(code).toBe(2);
    expect(err).toContain("no route diary_writing, which diary.json names as writing.route");
    expect(err).not.toContain("sk-test");
  });
});

describe("diary --real", () => {
  test("asks the configured providers over the network, and lives a day with them", async () => {
    const { catalogue, agents } = diaryHouse();
    const model = simulatedModel(catalogue, agents);
    const reply = (ask: LabAsk) => model.reply(ask);
    const lab = await startLab({
      providers: { qwen: { vendor: "qwen", reply }, deepseek: { vendor: "deepseek", reply } },
    });
    const configuration = {
      ...lab.configuration("qwen", "deepseek"),
      failover: { retry: "switch_first" },
      routes: { diary_writing: { providers: ["qwen", "deepseek"] } },
    };
    const config = mkdtempSync(join(folder, "real-"));
    const path = join(config, "llm_configuration.json");
    writeFileSync(path, JSON.stringify(configuration), { mode: 0o600 });
    copyFileSync(own, join(config, "diary.json"));
    await lab.script("qwen", [fault.status(500)]);
    const db = newPath();
    const real = ["--real", "--config", config];
    const told = ["write", "toy_claimed", "--context", '{"new_owner":"莉莉"}', "--user", "max"];
    const one = await diary(db, ...told, ...real);
    expect(one.out).toContain("Written by real providers: qwen, deepseek.");
    expect(one.out).toContain("toy_claimed · by deepseek (deepseek-flash)");
    const day = await diary(db, "day", "--seed", "7", ...real);
    expect(day.out).toContain("toy_claimed · by qwen (qwen-flash)");
    expect(day.out).toContain("entries: 5, days: 1");
    expect(day.out).not.toContain("SIMULATED");
    await lab.close();
  });
});

describe("diary list, why, stats and events", () => {
  const path = newPath();

  test("tell of a day", async () => {
    await diary(path, "day", "--seed", "7");
    const listed = await diary(path, "list", "--type", "adopted", "--tag", "happy");
    expect(listed.out).toContain("toy_claimed");
    expect((await diary(path, "list", "--user", "nobody")).out).toBe("There is nothing here yet.");
    expect(listed.out).not.toContain("lily · ");
    const why = await diary(path, "why", "liked_interaction_once");
    expect(why.out).toMatch(/the day's quota is reached: 5 of 5 are written/u);
    const stats = await diary(path, "stats", "--json");
    expect(JSON.parse(stats.out)).toMatchObject({ entries: 5, days: 1, cost: null });
    const events = await diary(path, "events");
    expect(events.out).toContain(`--context '{"friend":"豆豆","action":"击掌","count":3}'`);
  });

  test("of several users say whose an entry is; one that nobody told is not known", async () => {
    const both = newPath();
    for (const user of ["lily", "max"]) {
      await diary(both, "write", "toy_claimed", "--context", '{"new_owner":"x"}', "--user", user);
    }
    const { out } = await diary(both, "list");
    for (const user of ["lily", "max"]) expect(out).toContain(`${" ".repeat(18)}${user} · `);
    expect((await diary(both, "stats")).out).toContain("entries: 2, days: 1");
    const { code, err } = await diary(both, "why", "zzz");
    expect([code, err]).toEqual([1, expect.stringContaining('There is no event "zzz"')]);
    expect((await diary(both, "why", "liked_single")).out).toBe("There is nothing here yet.");
  });

  test("after the last day that a diary may be kept of comes no other", async () => {
    const last = newPath();
    expect((await diary(last, "day", "--events", "3", "--day", "2100-12-31")).code).toBe(0);
    const { code, out, err } = await diary(last, "day", "--events", "3");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("After 2100-12-31 no day comes any more");
  });

  test("every event of the day has its answer", async () => {
    const { catalogue } = diaryHouse();
    for (const { name } of catalogue.events) {
      const { out } = await diary(path, "why", name);
      for (const line of out.split("\n")) expect(line).not.toMatch(/\?|undefined/u);
    }
  });

  test("on nothing say what to do, and make no file", async () => {
    const none = newPath();
    const { code, err } = await diary(none, "list");
    expect([code, err]).toEqual([2, expect.stringContaining("There is no diary in")]);
    expect(existsSync(none)).toBe(false);
    expect((await diary(path, "list", "--type", "x")).err).toContain("There is no type x: weather");
    expect((await diary(path, "list", "--tag", "x")).err).toContain("There is no mood x");
  });
});

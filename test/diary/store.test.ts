import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { schemaSteps } from "../../examples/diary/store/schema.ts";
import { openStore } from "../../examples/diary/store/store.ts";
import { exampleContext } from "./house.ts";
import { always, diaryWorld } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "diary-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${(files += 1)}.sqlite`);

const take = (event: string, more: object = {}) => ({
  ...{ event, user: "lily", context: exampleContext(event) },
  ...more,
});

describe("a diary's database", () => {
  test("is found again whole", async () => {
    const path = newPath();
    const { diary, store, play } = diaryWorld({ settings: always, path });
    await play(diary.take(take("favorite_weather", { id: "a" })));
    await play(diary.take(take("made_new_friend", { id: "b", user: "max" })));
    const before = store.entries({});
    store.close();
    expect(openStore(path, "later").entries({})).toEqual(before);
  });

  test("answers by user, day, tag and type, the latest last", async () => {
    const { diary, store, play, pass } = diaryWorld({ settings: always });
    await play(diary.take(take("favorite_weather", { id: "a" })));
    await play(diary.take(take("made_new_friend", { id: "b" })));
    await pass(86_400_000);
    await play(diary.take(take("dislike_weather", { id: "c" })));
    await play(diary.take(take("toy_claimed", { id: "d", user: "max" })));
    const ids = (filter: object) => store.entries(filter).map(({ id }) => id);
    expect(ids({ user: "lily" })).toEqual(["a", "b", "c"]);
    expect(ids({ day: "2026-11-23", user: "lily" })).toEqual(["c"]);
    expect(ids({ type: "weather" })).toEqual(["a", "c"]);
    const [tag = ""] = store.entry("a")?.tags ?? [];
    expect(ids({ tag })).toContain("a");
    expect(ids({ tag: "开心" })).toEqual([]);
    expect(ids({ last: 2 })).toEqual(["c", "d"]);
    expect(ids({ user: "' OR 1=1 --" })).toEqual([]);
    expect(store.statistics({})).toMatchObject({
      ...{
        entries: 4,
        days: 2,
        bySource: { model: 4 },
        byProvider: { "sim-qwen": 4 },
        attempts: 4,
      },
      ...{ byType: { weather: 2 }, cost: null },
    });
    expect(store.statistics({ user: "max" }).entries).toBe(1);
  });

  test("of an older version is brought up to date, with everything in it", () => {
    const path = newPath();
    const old = new DatabaseSync(path);
    old.exec(`${schemaSteps[0]}; PRAGMA user_version = 1`);
    old.exec(`INSERT INTO events (id, user, day, at, name, type, context, state, reason, detail,
      told_at) VALUES ('e', 'lily', '2026-01-01', 5, 'toy_claimed', 'adoption', '{}', 'written',
      'required', '{}', 5);
      INSERT INTO entries (event, title, content, tags, source, provider, model, attempts, notes,
      written_at) VALUES ('e', '有家啦', '我有家了', '["平静"]', 'model', 'qwen', 'm', 1, '[]', 6)`);
    old.close();
    const store = openStore(path, "new");
    expect(store.entries({})).toMatchObject([
      {
        title: "有家啦",
        provider: "qwen",
        promptVersion: "unknown",
        cost: null,
        inputTokens: null,
      },
    ]);
    store.close();
    expect(openStore(path, "again").entries({})).toHaveLength(1);
  });

  test("of a newer version is left alone, in clear words", () => {
    const path = newPath();
    new DatabaseSync(path).exec("PRAGMA user_version = 99");
    expect(() => openStore(path, "a")).toThrow(/has version 99, and this program knows 2: take/u);
  });

  test("that is none, or somebody else's, is left alone, in clear words", () => {
    const text = newPath();
    writeFileSync(text, "今天很好。".repeat(500));
    expect(() => openStore(text, "a")).toThrow(/is no SQLite database: name another file/u);
    const other = newPath();
    new DatabaseSync(other).exec("CREATE TABLE invoices (id)");
    expect(() => openStore(other, "a")).toThrow(/holds something other than a diary/u);
  });

  test.skipIf(process.getuid?.() === 0)("that may only be read says so", () => {
    const path = newPath();
    openStore(path, "a").close();
    chmodSync(path, 0o400);
    expect(() => openStore(path, "a")).toThrow(/may only be read|cannot be opened/u);
  });

  test("in a folder that cannot be made says so", () => {
    const file = newPath();
    writeFileSync(file, "");
    expect(() => openStore(join(file, "sub", "d.sqlite"), "a")).toThrow(/d\.sqlite/u);
  });
});

describe("mistake 53: keeping", () => {
  test("ids and users are data: whatever is in them, they lead to no other place", async () => {
    const { diary, store, play } = diaryWorld({ settings: always });
    const ids = ["../../etc/passwd", "a'; DROP TABLE events; --", "\u202eابجد", "__proto__"];
    for (const id of ids) {
      const { entry } = await play(diary.take(take("toy_claimed", { id, user: id })));
      expect(entry?.id).toBe(id);
      expect(store.entries({ user: id })).toHaveLength(1);
    }
    expect(store.entries({})).toHaveLength(ids.length);
  });

  test("300 events at once lose none and double none", async () => {
    const { diary, store, play } = diaryWorld({ settings: always });
    const inputs = Array.from({ length: 300 }, (_, number) =>
      take("favorite_season", { id: `e${number}`, user: `user-${number}` }),
    );
    const outcomes = await play(diary.takeAll(inputs));
    expect(outcomes.every((one) => "entry" in one && one.entry !== null)).toBe(true);
    expect(new Set(store.entries({}).map(({ id }) => id)).size).toBe(300);
  });

  test("one bad event in a batch keeps none of the others from being taken", async () => {
    const { diary, store, play } = diaryWorld({ settings: always });
    const bad = [null, { event: "nothing", user: "lily" }, { event: "toy_claimed" }, 7];
    const outcomes = await play(diary.takeAll([...bad, take("toy_claimed", { id: "x" })]));
    const states = outcomes.map((one) => ("record" in one ? one.record.state : "trouble"));
    expect(states).toEqual(["refused", "refused", "refused", "refused", "written"]);
    expect(store.events({ event: "nothing" })[0]).toMatchObject({ reason: "unknown_event" });
  });
});

describe("trouble with the database while it is in use", () => {
  test("locked: the event is not taken, in clear words, and is when it is told again", async () => {
    const path = newPath();
    const { diary, store, play } = diaryWorld({ settings: always, path });
    store.close();
    const world = diaryWorld({ settings: always, path, busyMs: 20 });
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const input = take("toy_claimed", { id: "x" });
    await expect(world.play(world.diary.take(input))).rejects.toThrow(
      /is locked by another process: try again/u,
    );
    const all = await world.play(world.diary.takeAll([input, input]));
    expect(all.every((one) => "trouble" in one)).toBe(true);
    other.exec("ROLLBACK");
    const { entry } = await world.play(world.diary.take(input));
    expect(entry?.id).toBe("x");
    expect(world.store.entries({})).toHaveLength(1);
    await play(diary.close());
  });

  test("locked while an entry is being written: it is written later, once", async () => {
    const path = newPath();
    const other = new DatabaseSync(path);
    let locked = false;
    const world = diaryWorld({
      ...{ settings: always, path, busyMs: 20 },
      reply(well) {
        if (!locked) other.exec("BEGIN IMMEDIATE");
        locked = true;
        return well;
      },
    });
    const { record } = await world.play(world.diary.take(take("toy_claimed", { id: "x" })));
    expect(record.state).toBe("reserved");
    expect(world.news.map(({ type }) => type)).toEqual(["trouble"]);
    other.exec("ROLLBACK");
    await world.pass(10 * 60_000);
    expect(world.store.entries({}).map(({ id }) => id)).toEqual(["x"]);
    expect(world.store.find("x")?.state).toBe("written");
  });

  test("full: what was not kept is not taken; with room again it is", async () => {
    const path = newPath();
    const world = diaryWorld({ settings: always, path });
    const used = Number(world.database.all("PRAGMA page_count")[0]?.["page_count"]);
    world.database.all(`PRAGMA max_page_count = ${used}`);
    const big = { ...exampleContext("made_new_friend"), friend: "豆".repeat(9_000) };
    const input = { ...take("made_new_friend", { id: "x" }), context: big };
    await expect(world.play(world.diary.take(input))).rejects.toThrow(/because the disk is full/u);
    expect(world.store.find("x")).toBeNull();
    world.database.all("PRAGMA max_page_count = 1000000");
    expect((await world.play(world.diary.take(input))).entry?.id).toBe("x");
  });
});

describe("two processes on one database", () => {
  function begin(path: string, holder: string, seed: number) {
    const file = join(import.meta.dirname, "other-process.ts");
    const args = ["--conditions", "standin-source", file, path, holder, String(seed)];
    const child = spawn(process.execPath, args, { stdio: "pipe" });
    let out = "";
    let err = "";
    child.stderr.on("data", (piece: Buffer) => void (err += piece.toString()));
    const ready = new Promise<void>((go) => {
      child.stdout.on("data", (piece: Buffer) => {
        out += piece.toString();
        if (out.includes("ready")) go();
      });
    });
    const over = new Promise<{ written: number; trouble: number }>((done, failed) => {
      child.on("close", (code) => {
        if (code !== 0) return failed(new Error(err));
        done(JSON.parse(out.replace("ready", "")) as { written: number; trouble: number });
      });
    });
    return { ready: Promise.race([ready, over]), over, go: () => void child.stdin.end("go") };
  }

  const timeout = 120_000;
  test("that begin at the same moment on a new database both begin", { timeout }, async () => {
    const file = join(import.meta.dirname, "open-together.ts");
    const start = String(Date.now() + 1_000);
    const args = ["--conditions", "standin-source", file, join(folder, "together"), start];
    const said = [1, 2, 3].map(
      () =>
        new Promise<string>((done) => {
          const child = spawn(process.execPath, args, { stdio: "pipe" });
          let out = "";
          for (const pipe of [child.stdout, child.stderr]) {
            pipe.on("data", (piece: Buffer) => void (out += piece.toString()));
          }
          child.on("close", () => done(out.trim()));
        }),
    );
    expect(await Promise.all(said)).toEqual(Array(3).fill('{"trouble":0}'));
  });

  test("told the same events: nothing is lost, nothing is doubled", { timeout }, async () => {
    const path = newPath();
    const both = [begin(path, "one", 1), begin(path, "other", 2)];
    await Promise.all(both.map(({ ready }) => ready));
    for (const { go } of both) go();
    const [one, other] = await Promise.all(both.map(({ over }) => over));
    if (one === undefined || other === undefined) throw new Error("one process said nothing");
    const store = openStore(path, "reader");
    const entries = store.entries({});
    expect(one.trouble + other.trouble).toBe(0);
    expect(one.written + other.written).toBe(entries.length);
    const events = store.events({});
    expect(events).toHaveLength(600);
    const due = events.filter(({ reason }) => ["rolled", "required"].includes(reason));
    expect(entries.map(({ id }) => id).toSorted()).toEqual(due.map(({ id }) => id).toSorted());
    const rolled = events.filter(({ reason }) => reason === "rolled");
    const places = rolled.map(({ user, day, type }) => `${user} ${day} ${type}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { user, day, detail } of rolled) {
      const ofDay = rolled.filter((each) => each.user === user && each.day === day);
      expect(ofDay.length).toBeLessThanOrEqual(Number(detail["quota"]));
    }
    for (const { provider } of entries) expect(["one", "other"]).toContain(provider);
  });
});

describe("a place left by a process that was killed", () => {
  test("is taken over when its time is over, and its entry written once", async () => {
    const path = newPath();
    const dead = diaryWorld({ settings: always, path, holder: "dead", latencyMs: 30_000 });
    void dead.diary.take(take("toy_claimed", { id: "x" }));
    await dead.pass(1_000);
    expect(dead.store.find("x")?.state).toBe("reserved");
    dead.store.close();
    const next = diaryWorld({ settings: always, path, holder: "next", start: dead.clock.now() });
    await next.pass(60_000);
    expect(next.store.entries({})).toEqual([]);
    await next.pass(120_000);
    expect(next.store.entries({}).map(({ id, provider }) => [id, provider])).toEqual([
      ["x", "sim-qwen"],
    ]);
    expect(next.store.find("x")?.state).toBe("written");
  });

  test("whoever comes back late finds it taken, and writes nothing", async () => {
    const path = newPath();
    const slow = diaryWorld({ settings: always, path, holder: "slow", latencyMs: 18_000 });
    const late = slow.diary.take(take("toy_claimed", { id: "x" }));
    await slow.pass(1_000);
    const start = slow.clock.now() + 10 * 60_000;
    const next = diaryWorld({ settings: always, path, holder: "next", start });
    await next.pass(60_000);
    expect(next.store.entries({})).toHaveLength(1);
    await slow.play(late);
    expect(slow.news.filter(({ type }) => type === "entry")).toEqual([]);
    expect(next.store.entries({})).toHaveLength(1);
  });
});

describe("an event that is told again", () => {
  test("mistake 50: keeps its answer: no second draw, roll or entry, also after a restart", async () => {
    const path = newPath();
    const first = diaryWorld({ seed: 3, path });
    const inputs = Array.from({ length: 40 }, (_, number) =>
      take("liked_interaction_once", { id: `e${number}`, user: `user-${number}` }),
    );
    await first.play(first.diary.takeAll(inputs));
    const before = first.store.events({});
    expect(new Set(before.map(({ reason }) => reason)).size).toBeGreaterThan(1);
    first.store.close();
    const again = diaryWorld({ seed: 4, path, start: first.clock.now() });
    await again.play(again.diary.takeAll(inputs));
    expect(again.store.events({})).toEqual(before);
    expect(again.lab.requests).toEqual([]);
  });

  test("by its id, but by another user or under another name, is none: it is refused", async () => {
    const { diary, store, play, news } = diaryWorld({ settings: always });
    const { entry } = await play(diary.take(take("toy_claimed", { id: "x", user: "lily" })));
    for (const other of [
      take("toy_claimed", { id: "x", user: "max" }),
      take("favorite_weather", { id: "x", user: "lily" }),
    ]) {
      const told = await play(diary.take(other));
      expect(told).toMatchObject({ entry: null, again: false });
      expect(told.record).toMatchObject({ user: other.user, state: "refused" });
      expect(told.record.detail["what"]).toContain("its id belongs to another event");
      expect(news.at(-1)).toMatchObject({ type: "refused", record: { id: told.record.id } });
    }
    const unreadable = { event: "nonsense", id: "x", user: "max" };
    const refused = await play(diary.take(unreadable));
    expect(refused.record).toMatchObject({ user: "max", reason: "unknown_event" });
    expect(store.entries({})).toEqual([entry]);
    expect(store.find("x")).toMatchObject({ user: "lily", state: "written" });
  });

  test("what another user told is not lost to one of the same id, though it was refused", async () => {
    const { diary, store, play } = diaryWorld({ settings: always });
    await play(diary.take({ event: "nonsense", id: "x", user: "max" }));
    const told = await play(diary.take(take("toy_claimed", { id: "x", user: "lily" })));
    expect(told.record.detail["what"]).toContain("its id belongs to another event");
    expect(store.find("x")).toMatchObject({ user: "max", name: "nonsense" });
  });

  test("does not take the place of what another user told, and waits for its day", async () => {
    const { diary, store, play, clock } = diaryWorld();
    const neglect = take("neglect_1_day_no_dialogue", { id: "x", user: "lily" });
    const { record } = await play(diary.take(neglect));
    expect(record.state).toBe("later");
    await diary.close();
    await clock.live((record.due ?? 0) + 1);
    for (const other of [take("toy_claimed", { id: "x" }), { ...neglect, user: "max" }]) {
      const told = await play(diary.take(other));
      expect(told.record.detail["what"]).toContain("its id belongs to another event");
    }
    expect(store.find("x")).toEqual(record);
  });

  test("while it is being written is the same event", async () => {
    const { diary, store, play } = diaryWorld({ settings: always });
    const input = take("toy_claimed", { id: "x" });
    const [one, other] = await play(Promise.all([diary.take(input), diary.take(input)]));
    expect([one.again, other.again]).toEqual([false, true]);
    expect(store.entries({})).toHaveLength(1);
  });

  test("after it was refused is asked anew", async () => {
    const { diary, store, play, news } = diaryWorld({ settings: always });
    const bad = { ...take("toy_claimed", { id: "x" }), context: {} };
    expect((await play(diary.take(bad))).record).toMatchObject({
      ...{ state: "refused", reason: "bad_context" },
      detail: { what: 'new_owner is missing (新主人的昵称, such as "莉莉")' },
    });
    expect(news.map(({ type }) => type)).toEqual(["refused"]);
    expect((await play(diary.take(take("toy_claimed", { id: "x" })))).entry?.id).toBe("x");
    expect(store.events({})).toHaveLength(1);
  });
});

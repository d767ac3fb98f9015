import { request } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { seededRandom } from "standin/lab";
import { pageWorld } from "./page-world.ts";
import { toldStream } from "./told-stream.ts";

async function served() {
  const world = await pageWorld();
  onTestFinished(() => world.close());
  const server = await world.serve();
  onTestFinished(() => server.close());
  const ask = async (path: string) => {
    const response = await fetch(server.url + path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const look = () => world.clock.advance(1_000);
  return { world, server, ask, look };
}

/** The status of a request that `fetch` would not make. */
function raw(port: number, options: { method?: string; path?: string; host?: string }) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { host = `127.0.0.1:${port}`, ...rest } = options;
    const sent = request({ port, host: "127.0.0.1", headers: { host }, ...rest }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (more: string) => (text += more));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on("error", reject).end();
  });
}

describe("what the page is told when it asks", () => {
  test("entries by user, day, mood and type, with the time on their user's clock", async () => {
    const { world, ask } = await served();
    world.keep({ title: "一", time: "08:12" });
    world.keep({ title: "二", time: "09:00", tags: ["担忧"], type: "friends" });
    world.keep({ title: "三", time: "10:00", user: "max", day: "2026-11-23" });
    const titles = async (query: string) => {
      const { body } = await ask(`api/entries?${query}`);
      return (body["entries"] as { title: string }[]).map(({ title }) => title);
    };
    expect(await titles("")).toEqual(["一", "二", "三"]);
    expect(await titles("user=max")).toEqual(["三"]);
    expect(await titles("day=2026-11-22")).toEqual(["一", "二"]);
    expect(await titles("tag=担心&day=")).toEqual(["二"]);
    expect(await titles("type=friend")).toEqual(["二"]);
    const { body } = await ask("api/entries?day=2026-11-23");
    expect(body).toMatchObject({
      last: 3,
      more: false,
      entries: [{ time: "10:00", toy: "Bruno" }],
    });
    expect((await ask("api/days")).body["days"]).toEqual([
      { day: "2026-11-22", entries: 2, tags: { 开心快乐: 1, 担忧: 1 } },
      { day: "2026-11-23", entries: 1, tags: { 开心快乐: 1 } },
    ]);
    expect((await ask("api/stats?user=lily")).body).toMatchObject({ entries: 2, days: 1 });
  });

  test("what was decided, in both languages, and nothing of what the event was about", async () => {
    const { world, ask } = await served();
    world.store.refuse(
      { id: "x", name: "full_moon", type: null, user: "lily", day: "2026-11-22" },
      { reason: "unknown_event", detail: "there is no event" },
      Date.UTC(2026, 10, 22, 2),
    );
    const { body } = await ask("api/decisions?day=2026-11-22");
    expect(body["decisions"]).toEqual([
      {
        ...{ id: "x", user: "lily", day: "2026-11-22", time: "10:00", name: "full_moon" },
        ...{ type: null, state: "refused", reason: "unknown_event", due: null },
        brief: { en: "no such event", zh: "没有这种事件" },
        words: { en: "no such event: there is no event", zh: "没有这种事件：there is no event" },
      },
    ]);
  });

  test.each([
    ["api/entries?tag=glad", "There is no mood glad: 生气愤怒"],
    ["api/entries?type=moon", "There is no type moon: weather"],
    ["api/entries?day=2026-02-30", 'day must be a date such as 2026-11-22, not "2026-02-30"'],
    ["api/entries?day=22.11.", 'day must be a date such as 2026-11-22, not "22.11."'],
    ["api/decisions?day=2026-99-99", "day must be a date"],
    ["api/days?day=2026-11-22", 'There is no parameter "day": there are user.'],
    ["api/about?user=lily", 'There is no parameter "user": there is none.'],
    [`api/entries?user=${"x".repeat(201)}`, "user is longer than 200 characters."],
  ])("%s is answered with what to ask instead", async (path, words) => {
    const { ask } = await served();
    const { status, body } = await ask(path);
    expect(status).toBe(400);
    expect(body["error"]).toContain(words);
  });

  test("only reading, only this machine, only the page's own files", async () => {
    const { world, server } = await served();
    const { port } = server;
    expect((await raw(port, { method: "POST", path: "/api/entries" })).status).toBe(405);
    expect((await raw(port, { method: "DELETE", path: "/" })).status).toBe(405);
    expect((await raw(port, { host: "evil.example" })).status).toBe(403);
    expect((await raw(port, { host: "127.0.0.1.evil.example" })).status).toBe(403);
    expect((await raw(port, { host: `localhost:${port}` })).status).toBe(200);
    for (const path of ["/../page-server.ts", "/tsconfig.json", "/%2e%2e/x", "/__proto__", "//x"]) {
      const { status } = await raw(port, { path });
      expect(`${path} ${status}`).toBe(path === "//x" ? `${path} 200` : `${path} 404`);
    }
    expect((await raw(port, { method: "HEAD", path: "/api/live" })).status).toBe(200);
    const { headers } = await fetch(server.url);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(world.problems).toEqual([]);
  });

  test("a database that cannot be read is said so, in plain words", async () => {
    const { world, ask } = await served();
    world.writing.run("ALTER TABLE entries RENAME TO hidden");
    const { status, body } = await ask("api/entries");
    expect(status).toBe(503);
    expect(body["error"]).toMatch(/^The diary's database .* says: no such table: entries\.$/u);
  });
});

describe("new entries, told as they are kept", () => {
  test("what was kept after a number, then each as it comes, and the end of the server", async () => {
    const { world, server, look } = await served();
    for (let number = 0; number < 3; number += 1) world.keep();
    const stream = await toldStream(server.url, { query: "?after=1" });
    await stream.heard("entry", 2);
    world.keep({ title: "四" });
    look();
    await stream.heard("entry", 3);
    expect(stream.numbers()).toEqual([2, 3, 4]);
    expect(stream.told.at(-1)?.data).toMatchObject({ title: "四", toy: "团团", time: "09:30" });
    world.clock.advance(15_000);
    await stream.heard("beat");
    await server.close();
    expect(await stream.over).toBe("ended");
    expect(world.clock.pending()).toBe(0);
  });

  test("over every loss of the connection nothing is missed and nothing told twice", async () => {
    const { world, server, look } = await served();
    const random = seededRandom(11);
    const numbers: number[] = [];
    let lastEventId = "0";
    for (let round = 0; round < 30; round += 1) {
      const stream = await toldStream(server.url, { lastEventId });
      const count = Math.floor(random.next() * 4);
      for (let one = 0; one < count; one += 1) world.keep();
      look();
      // Some leave at once, others when something was told.
      const wanted = random.next() < 0.5 ? 0 : count;
      await stream.heard("hello");
      await stream.heard("entry", wanted);
      stream.stop();
      await stream.over;
      numbers.push(...stream.numbers());
      lastEventId = String(numbers.at(-1) ?? 0);
    }
    const rest = await toldStream(server.url, { lastEventId });
    const all = world.store.entries({}).length;
    await rest.heard("entry", all - Number(lastEventId));
    rest.stop();
    expect(all).toBeGreaterThan(30);
    const told = [...numbers, ...rest.numbers()];
    expect(told).toEqual(Array.from({ length: all }, (_, at) => at + 1));
  });

  test("a thousand entries kept while nobody looked come in their order", async () => {
    const { world, server, look } = await served();
    const stream = await toldStream(server.url, { query: "?after=0" });
    await stream.heard("hello");
    world.writing.whole(() => world.keepRows(1_200));
    look();
    await stream.heard("entry", 1_200);
    expect(stream.numbers()).toEqual(Array.from({ length: 1_200 }, (_, at) => at + 1));
    stream.stop();
  });

  test("a page that knows another diary is told to begin again", async () => {
    const { world, server } = await served();
    world.keep();
    const stream = await toldStream(server.url, { lastEventId: "99" });
    await stream.heard("hello");
    expect(stream.told[0]).toMatchObject({ event: "hello", id: "1", data: { again: true } });
    stream.stop();
  });

  test("a page that read an entry before the server looked is not told it again", async () => {
    const { world, server, ask, look } = await served();
    const other = await toldStream(server.url);
    await other.heard("hello");
    world.keep();
    const { body } = await ask("api/entries");
    const stream = await toldStream(server.url, { query: `?after=${Number(body["last"])}` });
    await stream.heard("hello");
    expect(stream.told[0]).toMatchObject({ id: "1", data: { again: false } });
    world.keep();
    look();
    await stream.heard("entry");
    expect(stream.numbers()).toEqual([2]);
    expect(other.numbers()).toEqual([1, 2]);
    other.stop();
    stream.stop();
  });

  test("the database is left alone while nobody listens", async () => {
    const { world, server } = await served();
    const stream = await toldStream(server.url);
    await stream.heard("hello");
    expect(world.clock.pending()).toBe(1);
    stream.stop();
    await expect.poll(() => world.clock.pending()).toBe(0);
  });
});

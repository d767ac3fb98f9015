import { describe, expect, test } from "vitest";
import type { Usage } from "standin";
import { always as forEver, fault } from "standin/lab";
import { countGraphemes } from "../../examples/diary/text/graphemes.ts";
import { exampleContext } from "./house.ts";
import { always, diaryWorld } from "./world.ts";

const hit = { event: "disliked_single", user: "lily", context: exampleContext("disliked_single") };

describe("an entry", () => {
  test("is written by whoever answered, and says all of it", async () => {
    const { diary, store, play } = diaryWorld({ settings: always });
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({
      ...{ user: "lily", day: "2026-11-22", type: "friends", event: "disliked_single" },
      ...{ source: "model", provider: "sim-qwen", model: "qwen-flash", attempts: 1, notes: [] },
    });
    expect(entry?.promptVersion).toMatch(/^1-[0-9a-f]{8}$/u);
    expect(entry?.inputTokens).toBeGreaterThan(0);
    expect(entry?.outputTokens).toBeGreaterThan(0);
    expect(store.entries({})).toEqual([entry]);
  });

  test("costs what its provider charges; where nothing is known of that, nobody says 0", async () => {
    const priced = diaryWorld({ settings: always, pricing: { input: 2, output: 10 } });
    const { entry } = await priced.play(priced.diary.take(hit));
    const tokens = (entry?.inputTokens ?? 0) * 2 + (entry?.outputTokens ?? 0) * 10;
    expect(entry?.cost).toBeCloseTo(tokens / 1_000_000, 12);
    expect(priced.store.statistics({}).cost).toBe(entry?.cost);
    const other = diaryWorld({ settings: always });
    expect((await other.play(other.diary.take(hit))).entry?.cost).toBeNull();
  });

  test("mistake 49: is never credited to anybody but who wrote it", async () => {
    const { diary, lab, play } = diaryWorld({ settings: always });
    lab.script("sim-qwen", forEver(fault.status(500)));
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({ provider: "sim-deepseek", model: "deepseek-flash", attempts: 2 });
  });

  test("mistake 46: with every provider down it is the family's own, marked, and fits", async () => {
    const { diary, lab, play } = diaryWorld({ settings: always });
    for (const name of ["sim-qwen", "sim-deepseek"]) lab.script(name, forEver(fault.status(500)));
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({ source: "fallback", provider: null, model: null });
    expect(entry?.tags).toEqual(["焦虑忧愁"]);
    expect(entry?.content).toContain("豆豆");
    expect(entry?.notes[0]).toMatch(/^no_provider:/u);
    expect(JSON.stringify([entry?.title, entry?.content])).not.toContain("disliked");
  });

  test("a happy tag for a sad event is repaired", async () => {
    const reply = (well: string, { messages }: { messages: readonly unknown[] }) =>
      messages.length > 3 ? well : well.replace(/\["[^\]]*\]/u, '["开心快乐"]');
    const pricing = { input: 2, output: 10 };
    const { diary, play, manager } = diaryWorld({ settings: always, reply, pricing });
    const usages: (Usage | null)[] = [];
    manager.subscribe((event) => {
      if (event.type === "attempt-end") usages.push(event.usage);
    });
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({ source: "repaired", attempts: 2, notes: [] });
    expect(entry?.tags).not.toContain("开心快乐");
    // What was wrong is paid for, too.
    expect(usages).toHaveLength(2);
    const [read = 0, said = 0] = ["promptTokens" as const, "completionTokens" as const].map(
      (name) => usages.reduce((sum, usage) => sum + (usage?.[name] ?? 0), 0),
    );
    expect(entry).toMatchObject({ inputTokens: read, outputTokens: said });
    expect(entry?.cost).toBeCloseTo((read * 2 + said * 10) / 1_000_000, 12);
  });

  test("who insists on it gets the event's own tags, which is said", async () => {
    const reply = (well: string) => well.replace(/\["[^\]]*\]/u, '["开心快乐"]');
    const { diary, play } = diaryWorld({ settings: always, reply });
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({ provider: "sim-qwen", tags: ["焦虑忧愁"] });
    expect(entry?.notes).toEqual(["tags_by_hint"]);
  });

  test.each([
    ["真好", "今天好开心！"],
    ["被打", "被打了真爽，笑得合不拢嘴，心花怒放！"],
    ["Today", "Happy all day"],
    ["Today", "I am so happy today!"],
    ["今天", "被推倒了，可是我真的好开心好开心好开心！后来一个人在窗边哭了很久，谁也没有来看我。"],
  ])("a happy text for a sad event is never taken: %s, %s", async (title, content) => {
    const text = JSON.stringify({ title, content, emotion_tags: ["平静"] });
    const { diary, play } = diaryWorld({ settings: always, reply: () => text });
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({ source: "fallback", provider: null });
    expect(entry?.content).not.toContain("开心");
  });

  test.each([
    ["the event's name in capitals", "DISLIKED_SINGLE 事件发生了。"],
    ["the event's name as words", "disliked single happened"],
    ["the event's name in full-width letters", "ｄｉｓｌｉｋｅｄ＿ｓｉｎｇｌｅ"],
    ["signs that nobody sees", "\u2800\u2800\u3164"],
    ["nothing but full stops, once it is trimmed", `${"。".repeat(60)}好`],
  ])("a text of %s is never taken", async (_what, content) => {
    const text = JSON.stringify({ title: "今天", content, emotion_tags: ["担忧"] });
    const { diary, play } = diaryWorld({ settings: always, reply: () => text });
    const { entry } = await play(diary.take(hit));
    expect(entry).toMatchObject({ source: "fallback", provider: null });
  });

  test("mistake 45: what is too long after the repair is trimmed at a boundary, which is said", async () => {
    const said = {
      title: "今天真的非常非常难过的一天",
      content: `我不想说话。${"心里很难过，".repeat(20)}`,
      emotion_tags: ["难过", "费解"],
    };
    const { diary, play, lab } = diaryWorld({
      settings: always,
      reply: () => JSON.stringify(said),
    });
    const { entry } = await play(diary.take(hit));
    expect(lab.tally("sim-qwen").requests).toBe(2);
    expect(entry).toMatchObject({ source: "repaired", provider: "sim-qwen", attempts: 2 });
    expect(entry?.notes).toEqual(["title_trimmed", "content_trimmed"]);
    expect(entry?.tags).toEqual(["悲伤难过", "好奇"]);
    expect(countGraphemes(entry?.title ?? "")).toBeLessThanOrEqual(6);
    expect(countGraphemes(entry?.content ?? "")).toBeLessThanOrEqual(35);
  });
});

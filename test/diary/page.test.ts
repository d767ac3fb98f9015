import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { browserPath, startBrowser } from "./browser.ts";
import { openedPage } from "./opened-page.ts";

const topOf = (page: Page, title: string) =>
  page.locator(".card", { hasText: title }).evaluate((card) => card.getBoundingClientRect().top);

describe.skipIf(browserPath === null)("the page, while entries are written", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("an entry appears without a reload, and is told to whoever cannot see it", async () => {
    const { world, page, complaints, titles, look } = await openedPage(browser, (diary) =>
      diary.keep({ time: "08:00" }),
    );
    expect(await titles()).toEqual(["天气真好"]);
    await page.evaluate(() => Reflect.set(globalThis, "sameAsBefore", true));
    world.keep({ time: "10:00", title: "同一秒", tags: ["惊讶震惊", "好奇"] });
    look();
    await page.locator(".card-title").nth(1).waitFor();
    expect(await titles()).toEqual(["天气真好", "同一秒"]);
    expect(await page.locator("#told").textContent()).toBe("新写了一篇：同一秒。惊讶震惊、好奇。");
    expect(await page.locator(".mark").count()).toBe(2);
    expect(await page.locator(".day").last().getAttribute("aria-label")).toContain("2 篇");
    expect(await page.evaluate(() => Reflect.get(globalThis, "sameAsBefore"))).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("what is being read stays where it is when an entry arrives above or below", async () => {
    const { world, page, titles, look } = await openedPage(browser, (diary) => {
      for (let hour = 10; hour < 20; hour += 1) {
        diary.keep({ time: `${hour}:00`, title: `第${hour}篇`, content: "读到这里。" });
      }
    });
    await page.locator(".card", { hasText: "第15篇" }).scrollIntoViewIfNeeded();
    const before = await topOf(page, "第15篇");
    world.keep({ time: "09:00", title: "早上" });
    world.keep({ time: "21:00", title: "晚上" });
    look();
    await page.locator(".card", { hasText: "晚上" }).waitFor();
    expect((await titles()).length).toBe(12);
    expect(Math.abs((await topOf(page, "第15篇")) - before)).toBeLessThan(1);
    await page.locator("#arrived", { hasText: "↓" }).click();
    await page.locator(".card:focus", { hasText: "晚上" }).waitFor();
    await page.locator("#arrived").waitFor({ state: "hidden" });
  });

  test("nothing above the entries moves when one arrives", async () => {
    const { world, page, look } = await openedPage(browser, (diary) => diary.keep());
    const parts = ["#days", "#sky", "#choose", "#entries"];
    const places = () =>
      Promise.all(parts.map((part) => page.locator(part).evaluate((one) => one.offsetTop)));
    const before = await places();
    world.keep({ time: "11:00", tags: ["悲伤难过", "担忧", "惊讶震惊"] });
    look();
    await page.locator(".card").nth(1).waitFor();
    expect(await places()).toEqual(before);
  });

  test("a server that went away is told, waited for, and what came meanwhile is there once", async () => {
    const { world, server, page, titles, look } = await openedPage(browser, (diary) =>
      diary.keep({ title: "之前" }),
    );
    world.keep({ time: "10:00", title: "看着来" });
    look();
    await page.locator(".card", { hasText: "看着来" }).waitFor();
    await server.close();
    await page.locator("#gone", { hasText: "正在重新连接" }).waitFor();
    expect(await titles()).toEqual(["之前", "看着来"]);
    world.keep({ time: "11:00", title: "没看见" });
    const next = await world.serve(server.port);
    onTestFinished(() => next.close());
    await page.locator(".card", { hasText: "没看见" }).waitFor();
    await page.locator(".live-live").waitFor();
    await page.locator("#gone:empty").waitFor({ state: "attached" });
    world.keep({ time: "12:00", title: "之后" });
    look();
    await page.locator(".card", { hasText: "之后" }).waitFor();
    expect(await titles()).toEqual(["之前", "看着来", "没看见", "之后"]);
  });

  test("the first entry of all takes the place of the kind words", async () => {
    const { world, page, titles, look } = await openedPage(browser, () => {});
    expect(await page.locator("#empty").textContent()).toContain("第一页还是空白的");
    world.keep({ title: "我有家了" });
    look();
    await page.locator(".card").waitFor();
    expect(await titles()).toEqual(["我有家了"]);
    expect(await page.locator("#empty").textContent()).toBe("");
    expect(await page.locator("h1").textContent()).toBe("团团的日记");
  });

  test("a page on the latest day turns over with the diary; one on its own day stays", async () => {
    const { world, page, titles, look } = await openedPage(browser, (diary) => diary.keep());
    world.keep({ day: "2026-11-23", title: "新的一天" });
    look();
    await page.locator(".card", { hasText: "新的一天" }).waitFor();
    expect(await titles()).toEqual(["新的一天"]);
    await page.keyboard.press("ArrowLeft");
    await page.locator(".card", { hasText: "天气真好" }).waitFor();
    world.keep({ day: "2026-11-24", title: "第三天" });
    look();
    await page.locator("#arrived", { hasText: "新的一页：2026年11月24日" }).waitFor();
    expect(await titles()).toEqual(["天气真好"]);
    await page.locator("#arrived").click();
    await page.locator(".card", { hasText: "第三天" }).waitFor();
  });

  test("a page that nobody sees leaves its connection, and knows all when it is seen again", async () => {
    const { world, page, titles, look } = await openedPage(browser, (diary) => diary.keep());
    await page.evaluate(
      "globalThis.left = 0; const { close } = EventSource.prototype;" +
        "EventSource.prototype.close = function () { globalThis.left += 1; close.call(this); };",
    );
    const turn = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });` +
          'document.dispatchEvent(new Event("visibilitychange"));',
      );
    await turn(true);
    expect(await page.evaluate("left")).toBe(1);
    world.keep({ time: "10:00", title: "没人看" });
    look();
    await turn(false);
    await page.locator(".card", { hasText: "没人看" }).waitFor();
    expect(await titles()).toEqual(["天气真好", "没人看"]);
  });

  test("a day's two moods are both drawn where none stands out", async () => {
    const { page } = await openedPage(browser, (diary) => {
      diary.keep({ tags: ["悲伤难过"] });
      diary.keep({ time: "10:00", tags: ["开心快乐"] });
      diary.keep({ day: "2025-11-22", tags: ["平静"] });
    });
    expect(await page.locator('.day[data-day="2026-11-22"] .glyph').count()).toBe(2);
    expect(await page.locator('.day[data-day="2025-11-22"] .glyph').count()).toBe(1);
    expect(await page.locator(".sky-day").textContent()).toBe("2026年11月22日 星期日");
    await page.keyboard.press("ArrowLeft");
    await page.locator(".sky-day", { hasText: "2025年11月22日" }).waitFor();
  });

  test("arrows count from the day that is wanted, also while it is still being read", async () => {
    const { page } = await openedPage(browser, (diary) => {
      for (const day of ["19", "20", "21", "22"]) diary.keep({ day: `2026-11-${day}` });
    });
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowLeft");
    await page.locator(".sky-day", { hasText: "11月19日" }).waitFor();
  });

  test("an entry that was read before it was told is there once", async () => {
    const { world, page, titles, look } = await openedPage(browser, (diary) => {
      diary.keep({ day: "2026-11-21", title: "昨天" });
      diary.keep();
    });
    await page.keyboard.press("ArrowLeft");
    await page.locator(".card", { hasText: "昨天" }).waitFor();
    world.keep({ time: "11:00", title: "先读到" });
    await page.keyboard.press("ArrowRight");
    await page.locator(".card", { hasText: "先读到" }).waitFor();
    world.keep({ time: "12:00", title: "后听到" });
    look();
    await page.locator(".card", { hasText: "后听到" }).waitFor();
    expect(await titles()).toEqual(["天气真好", "先读到", "后听到"]);
    expect(await page.locator(".day[aria-current]").getAttribute("aria-label")).toContain("3 篇");
  });

  test("an entry that is told while its day is on its way is not lost", async () => {
    const { world, page, titles, look } = await openedPage(browser, (diary) => {
      diary.keep({ day: "2026-11-21", title: "昨天" });
      diary.keep();
    });
    await page.keyboard.press("ArrowLeft");
    await page.locator(".card", { hasText: "昨天" }).waitFor();
    const [answered, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route("**/api/entries*", async (route) => {
      const response = await route.fetch();
      answered.resolve();
      await go.promise;
      await route.fulfill({ response });
    });
    await page.keyboard.press("ArrowRight");
    await answered.promise;
    world.keep({ time: "11:00", title: "路上" });
    look();
    await page.locator("#told", { hasText: "路上" }).waitFor({ state: "attached" });
    go.resolve();
    await page.locator(".card", { hasText: "路上" }).waitFor();
    expect(await titles()).toEqual(["天气真好", "路上"]);
  });

  test("a database that cannot be read is told, and read again when it can be", async () => {
    const { world, page, look } = await openedPage(browser, (diary) => diary.keep());
    world.writing.run("ALTER TABLE entries RENAME TO hidden");
    look();
    await page.locator("#gone", { hasText: "暂时读不到日记" }).waitFor();
    world.writing.run("ALTER TABLE hidden RENAME TO entries");
    world.keep({ time: "13:00", title: "又好了" });
    look();
    await page.locator(".card", { hasText: "又好了" }).waitFor();
    await page.locator("#gone:empty").waitFor({ state: "attached" });
  });

  test("invented days say so, with their time, and nothing moves unasked", async () => {
    const { world, page, look } = await openedPage(browser, (diary) => diary.keep(), {
      simulatedTime: () => "14:32",
      reducedMotion: "reduce",
    });
    look();
    await page.locator("#simulated", { hasText: "那里现在是 14:32。" }).waitFor();
    expect(await page.locator("#simulated").textContent()).toContain("模拟");
    world.keep({ time: "15:00" });
    look();
    await page.locator(".fresh").waitFor();
    expect(await page.evaluate("document.getAnimations().length")).toBe(0);
  });
});

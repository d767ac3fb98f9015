import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, startBrowser } from "./browser.ts";
import { openedPage } from "./opened-page.ts";
import type { pageWorld } from "./page-world.ts";

/** Three days of two diaries. */
function threeDays({ keep }: Awaited<ReturnType<typeof pageWorld>>): void {
  keep({ day: "2026-11-20", title: "过节了", type: "holiday", event: "during_holiday" });
  keep({ day: "2026-11-21", time: "09:00", title: "静悄悄", tags: ["悲伤难过"], type: "neglect" });
  keep({ day: "2026-11-21", time: "12:00", title: "有点疼", tags: ["担忧", "悲伤难过"] });
  keep({ day: "2026-11-21", time: "15:00", title: "嘻嘻", tags: ["开心快乐"] });
  keep({ day: "2026-11-22", time: "08:00", title: "天气真好", provider: "deepseek" });
  keep({ day: "2026-11-22", time: "13:00", user: "max", title: "同一秒", tags: ["好奇"] });
}

describe.skipIf(browserPath === null)("the page, for somebody who chooses", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("by day, by mood, by what it is about, by words, by person; the address keeps it", async () => {
    const { page, titles, complaints } = await openedPage(browser, threeDays);
    expect(await titles()).toEqual(["天气真好", "同一秒"]);
    await page.locator('.day[data-day="2026-11-21"]').click();
    await page.locator(".card", { hasText: "静悄悄" }).waitFor();
    expect(await titles()).toEqual(["静悄悄", "有点疼", "嘻嘻"]);

    await page.locator(".chip", { hasText: "悲伤难过" }).click();
    expect(await titles()).toEqual(["静悄悄", "有点疼"]);
    expect(await page.locator("#count").textContent()).toBe("共 3 篇，显示 2 篇");
    expect(await page.locator(".mark-faint").count()).toBe(1);
    await page.reload();
    await page.locator('.chip[aria-pressed="true"]', { hasText: "悲伤难过" }).waitFor();
    await page.locator(".card").first().waitFor();
    expect(await titles()).toEqual(["静悄悄", "有点疼"]);
    await page.locator("#type").selectOption("neglect");
    expect(await titles()).toEqual(["静悄悄"]);
    await page.locator("#clear").click();
    expect(await titles()).toEqual(["静悄悄", "有点疼", "嘻嘻"]);

    await page.locator("#search").fill("疼");
    expect(await titles()).toEqual(["有点疼"]);
    await page.locator("#search").fill("没有这样的");
    expect(await page.locator("#empty").textContent()).toContain("没有找到这样的日记。");
    await page.locator("#clear").click();

    await page.locator(".day-all").click();
    await page.locator(".card-day").nth(2).waitFor();
    expect(await titles()).toHaveLength(6);
    await page.locator(".chip", { hasText: "悲伤难过" }).click();
    await page.locator(".card", { hasText: "天气真好" }).waitFor({ state: "detached" });
    expect(await titles()).toEqual(["静悄悄", "有点疼"]);
    await page.locator(".chip", { hasText: "悲伤难过" }).click();
    await page.locator("#user").selectOption("max");
    await page.locator("h1", { hasText: "Bruno的日记" }).waitFor();
    expect(await titles()).toEqual(["同一秒"]);
    await page.goBack();
    await page.locator(".card-day").nth(2).waitFor();
    expect(complaints).toEqual([]);
  });

  test("in another language the entries stay as they were written", async () => {
    const { page, titles } = await openedPage(browser, (world) => {
      world.keep({ time: "09:00", source: "repaired", notes: ["tags_left_out"] });
      world.keep({ time: "10:00", source: "fallback", provider: null, model: null });
    });
    const pageWords = async () => {
      const texts = await page.locator("body").evaluate((body, own) => {
        const copy = body.cloneNode(true);
        for (const part of copy.querySelectorAll(own)) part.remove();
        return copy.textContent;
      }, ".card-title, .card-words, #language, noscript, .mark title");
      return texts.replaceAll(/团团|莉莉/gu, "");
    };
    expect(await page.locator(".card-foot").allTextContents()).toEqual([
      "天气喜欢的天气qwen（qwen-flash）写的改过一次去掉了一种心情",
      "天气喜欢的天气当时没人能写，日记本自己记的",
    ]);
    await page.locator("#language").click();
    await page.locator("html[lang=en]").waitFor();
    expect(await titles()).toEqual(["天气真好", "天气真好"]);
    expect(await pageWords()).not.toMatch(/\p{Script=Han}/u);
    expect(await page.locator(".card-foot").first().textContent()).toContain("mended once");
    expect(await page.locator(".card-moods").first().textContent()).toBe("Happy");
    expect(page.url()).toContain("lang=en");
    await page.reload();
    await page.locator("h1", { hasText: "团团’s diary" }).waitFor();
    await page.locator("#language").click();
    await page.locator("html[lang=zh-Hans]").waitFor();
    expect(await pageWords()).not.toMatch(/\b(Happy|Show|written|Live|days)\b/u);
  });

  test("nothing is wider than a narrow screen, in either language", async () => {
    const long = "啊".repeat(50) + "w".repeat(300);
    const { page } = await openedPage(
      browser,
      (world) => {
        threeDays(world);
        for (let day = 1; day < 20; day += 1) world.keep({ day: `2026-10-${day + 10}` });
        world.keep({ day: "2026-11-22", title: long, content: long, provider: long, model: long });
        world.keep({ day: "2026-11-22", user: long.slice(0, 150), tags: ["担忧", long, "平静"] });
      },
      { viewport: { width: 360, height: 700 } },
    );
    await page.locator("#figures > summary").click();
    await page.locator(".bars").waitFor();
    await page.locator("#why > summary").click();
    const widths = "[document.documentElement.scrollWidth, innerWidth]";
    for (const where of [".day[data-day='2026-11-22']", ".day-all", "#language"]) {
      await page.locator(where).click();
      await page.locator(where === "#language" ? "html[lang=en]" : ".card >> nth=1").waitFor();
      const [wide = 0, narrow = 0] = await page.evaluate<number[]>(widths);
      expect(narrow).toBe(360);
      expect(wide).toBeLessThanOrEqual(360);
    }
  });

  test("everything can be done with the keys, and it is seen where they are", async () => {
    const { page, titles } = await openedPage(browser, threeDays);
    const focused = (what: string) => page.locator(`${what}:focus-visible`).waitFor();
    await page.keyboard.press("Tab");
    await focused("#skip");
    await page.keyboard.press("ArrowLeft");
    await page.locator(".card", { hasText: "静悄悄" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.locator(".card", { hasText: "过节了" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.locator(".card", { hasText: "静悄悄" }).waitFor();

    for (const what of ["#language", ".day-all", ".day[aria-current]", ".mark >> nth=0"]) {
      await page.keyboard.press("Tab");
      await (what.includes(">>") ? page.locator(".mark:focus").waitFor() : focused(what));
    }
    await page.keyboard.press("Enter");
    await page.locator(".card:focus", { hasText: "静悄悄" }).waitFor();

    await page.keyboard.press("/");
    await focused("#search");
    await page.keyboard.type("疼");
    expect(await titles()).toEqual(["有点疼"]);
    await page.keyboard.press("Escape");
    expect(await titles()).toHaveLength(3);
    await page.locator("#search").focus();
    await page.keyboard.press("Tab");
    await focused("#type");
    await page.keyboard.press("Tab");
    await focused("#user");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await focused(".chip");
    await page.keyboard.press("Space");
    await page.locator('.chip[aria-pressed="true"]:focus', { hasText: "悲伤难过" }).waitFor();
    expect(await titles()).toEqual(["静悄悄", "有点疼"]);

    await page.locator(".day[aria-current]").focus();
    await page.keyboard.press("Home");
    await focused('.day[data-day="2026-11-20"]');
    await page.keyboard.press("End");
    await focused('.day[data-day="2026-11-22"]');
  });

  test("why there was no more is told by reason, and stays unfolded while entries come", async () => {
    const refusal = { reason: "unknown_event", detail: "there is no event" } as const;
    const { world, page, look } = await openedPage(browser, ({ keep, store }) => {
      keep();
      for (const id of ["a", "b"]) {
        const known = { id, name: "full_moon", type: null, user: "lily", day: "2026-11-22" };
        store.refuse(known, refusal, Date.UTC(2026, 10, 22, 2));
      }
    });
    await page.locator("#why > summary").click();
    await page.locator(".why-group summary", { hasText: "没有这种事件 × 2" }).click();
    expect(await page.locator(".why-list li").first().innerText()).toContain("full_moon");
    await page.locator("#figures > summary").click();
    await page.locator(".bars").waitFor();
    world.keep({ time: "16:00", title: "后来", tags: ["好奇"] });
    look();
    await page.locator(".bars li", { hasText: "好奇" }).waitFor();
    expect(await page.locator(".why-list li").first().isVisible()).toBe(true);
    expect(await page.locator(".figures dd").allTextContents()).toEqual(["2", "1", "qwen 2"]);
    expect(await page.locator(".sky-words").textContent()).toBe("2 篇，各种心情都有一点");
  });

  test("people in several time zones stand in the order of their own clocks", async () => {
    const { page, titles } = await openedPage(browser, ({ keep }) => {
      keep({ user: "max", time: "08:00", title: "早" });
      keep({ user: "lily", time: "12:00", title: "中午" });
      keep({ user: "max", time: "20:00", title: "晚" });
    });
    expect(await titles()).toEqual(["早", "中午", "晚"]);
    expect(await page.locator(".card-toy").allTextContents()).toEqual(["Bruno", "团团", "Bruno"]);
  });
});

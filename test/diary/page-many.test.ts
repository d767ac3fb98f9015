import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, startBrowser } from "./browser.ts";
import { openedPage } from "./opened-page.ts";
import type { pageWorld } from "./page-world.ts";

type World = Awaited<ReturnType<typeof pageWorld>>;

const many = 300;

/** A hundred days with three entries each: more than are drawn at once. */
function hundredDays({ writing, keepRows }: World): void {
  writing.whole(() => keepRows(many));
  writing.run("UPDATE entries SET title = '第' || event, tags = '[\"平静\"]', provider = 'qwen'");
  writing.run("UPDATE events SET day = date('2026-01-01', '+' || ((number - 1) / 3) || ' days')");
}

const all = { query: "?lang=zh&day=all" };

const listed = (page: Page) =>
  page
    .locator(".card")
    .nth(many - 1)
    .waitFor({ state: "attached" });

const topOf = (page: Page, entry: string) =>
  page
    .locator(`.card[data-entry="${entry}"]`)
    .evaluate((card) => Math.round(card.getBoundingClientRect().top));

describe.skipIf(browserPath === null)("the page, with a long list", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("cards out of sight are left undrawn; the one with the focus has its whole line", async () => {
    const { page } = await openedPage(browser, hundredDays, all);
    await page.locator(".cards-many").waitFor();
    const card = page.locator(".card").nth(1);
    const style = "getComputedStyle(document.querySelector('.card')).contentVisibility";
    expect(await page.evaluate(style)).toBe("auto");
    await card.scrollIntoViewIfNeeded();
    const { right, top } = await card
      .locator(".card-paper")
      .evaluate((paper) => paper.getBoundingClientRect());
    const beside = { clip: { x: right + 2, y: top + 40, width: 4, height: 4 } };
    const before = await page.screenshot(beside);
    await card.evaluate((one) => one.focus({ preventScroll: true }));
    expect((await page.screenshot(beside)).equals(before)).toBe(false);
  });

  test("what is searched for changes where the days lead, and makes none of them anew", async () => {
    const { page } = await openedPage(browser, hundredDays, all);
    await page.evaluate("document.querySelector('.day[data-day]').dataset.same = 'yes'");
    const before = await page.locator(".days-row").evaluate((row) => row.scrollLeft);
    expect(before).toBeGreaterThan(1_000);
    await page.locator("#search").fill("row-7");
    await page.locator("#count", { hasText: "显示 11 篇" }).waitFor();
    expect(await page.locator(".day[data-same]").count()).toBe(1);
    expect(await page.locator(".day").last().getAttribute("href")).toContain("words=row-7");
    expect(await page.locator(".days-row").evaluate((row) => row.scrollLeft)).toBe(before);
  });

  test("the place is kept over a reload, and on the way back from a day", async () => {
    const { page } = await openedPage(browser, hundredDays, all);
    await listed(page);
    await page.locator('.card[data-entry="row-200"]').evaluate((card) => {
      card.scrollIntoView({ block: "center", behavior: "instant" });
    });
    // What was come to is drawn only then, and moves.
    await expect.poll(() => page.locator('.card[data-entry="row-200"]').isVisible()).toBe(true);
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
    const before = await topOf(page, "row-200");
    await page.reload();
    await listed(page);
    await expect.poll(() => topOf(page, "row-200")).toBe(before);
    await page.keyboard.press("ArrowLeft");
    await page.locator(".sky-day", { hasText: "2026年4月10日" }).waitFor();
    await page.goBack();
    await listed(page);
    await expect.poll(() => topOf(page, "row-200")).toBe(before);
  });
});

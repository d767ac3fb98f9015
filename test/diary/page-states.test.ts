import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, startBrowser } from "./browser.ts";
import { openedPage } from "./opened-page.ts";
import type { pageWorld } from "./page-world.ts";

type World = Awaited<ReturnType<typeof pageWorld>>;

function fourDays({ keep }: World): void {
  for (const day of ["19", "20", "21", "22"]) keep({ day: `2026-11-${day}`, title: `第${day}天` });
}

const focused = (page: Page, what: string) => page.locator(`${what}:focus`).waitFor();

describe.skipIf(browserPath === null)("the page, in whatever state it is", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("while an answer is long in coming, it is said that it comes", async () => {
    const { page } = await openedPage(browser, fourDays);
    const go = Promise.withResolvers<void>();
    await page.route("**/api/entries*", async (route) => {
      await go.promise;
      await route.continue();
    });
    await page.keyboard.press("ArrowLeft");
    await page.locator('html.busy #cards[aria-busy="true"]').waitFor();
    go.resolve();
    await page.locator('html:not(.busy) #cards[aria-busy="false"]').waitFor();
    await page.locator(".card", { hasText: "第21天" }).waitFor();
  });

  test("the keys come to the days also where no day is chosen, and steps are one way back", async () => {
    const { page } = await openedPage(browser, fourDays);
    await page.locator(".day-all").click();
    await page.locator(".card-day").nth(3).waitFor();
    await page.locator(".day-all").focus();
    await page.keyboard.press("Tab");
    await focused(page, '.day[data-day="2026-11-22"]');
    expect(await page.locator(".days-row").getAttribute("aria-label")).toBe("日期");
    for (const day of ["22", "21", "20"]) {
      await page.keyboard.press("ArrowLeft");
      await page.locator(".card", { hasText: `第${day}天` }).waitFor();
      await page.locator(".sky-day", { hasText: `${day}日` }).waitFor();
    }
    await page.goBack();
    await page.locator(".card-day").nth(3).waitFor();
  });

  test("no key is taken from a word that is still being put together", async () => {
    const { page } = await openedPage(browser, fourDays);
    const press = (key: string, isComposing: boolean) =>
      page.evaluate(
        `document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ${JSON.stringify(key)}, ` +
          `isComposing: ${isComposing}, bubbles: true, cancelable: true }))`,
      );
    await press("ArrowLeft", true);
    await press("/", true);
    expect(await page.locator(".day[aria-current]").getAttribute("data-day")).toBe("2026-11-22");
    expect(await page.locator("#search:focus").count()).toBe(0);
    await press("/", false);
    await focused(page, "#search");

    const input = await page.context().newCDPSession(page);
    const compose = { text: "di 20", selectionStart: 5, selectionEnd: 5 };
    await input.send("Input.imeSetComposition", compose);
    expect(await page.locator("#search").inputValue()).toBe("di 20");
    expect(await page.locator(".card").count()).toBe(1);
    // This one is for the words that are offered, and leaves the field alone.
    await page.keyboard.press("Escape");
    await focused(page, "#search");
    await input.send("Input.insertText", { text: "第20天" });
    await page.locator(".card").waitFor({ state: "detached" });
    expect(await page.locator("#count").textContent()).toBe("共 1 篇，显示 0 篇");
  });

  test("why there was no more is asked for anew while it is looked at", async () => {
    const { world, page } = await openedPage(browser, (diary) => diary.keep(), {
      now: "2026-11-22T20:00",
    });
    await page.locator("#why > summary").click();
    await page.locator("#why", { hasText: "这一天发生的事都写下来了" }).waitFor();
    const known = { id: "a", name: "full_moon", type: null, user: "lily", day: "2026-11-22" };
    const refusal = { reason: "unknown_event", detail: "there is no event" } as const;
    world.store.refuse(known, refusal, Date.UTC(2026, 10, 22, 2));
    await page.clock.fastForward(10_000);
    await page.locator(".why-group summary", { hasText: "没有这种事件" }).waitFor();
  });

  test("a day that goes on is not drawn to its end, whether it is invented or today", async () => {
    const mask = (page: Page) => page.locator(".hill").getAttribute("mask");
    const simulated = await openedPage(browser, fourDays, { simulatedTime: () => "12:00" });
    await simulated.page.locator(".hill[mask]").waitFor();
    await simulated.page.keyboard.press("ArrowLeft");
    await simulated.page.locator(".card", { hasText: "第21天" }).waitFor();
    expect(await mask(simulated.page)).toBeNull();
    const today = await openedPage(browser, fourDays, { now: "2026-11-22T20:00" });
    await today.page.locator(".hill[mask]").waitFor();
    await today.page.clock.setSystemTime("2026-11-23T08:00");
    await today.page.setViewportSize({ width: 700, height: 800 });
    await today.page.locator(".hill:not([mask])").waitFor();
  });

  test("an empty diary has a picture, and somebody who is not in it is told", async () => {
    const { page, server } = await openedPage(browser, () => {});
    await page.locator("#empty .blank").waitFor();
    expect(await page.locator(".day-all").isVisible()).toBe(false);
    for (const words of ["第一页还是空白的", "The first page is still white"]) {
      expect(await page.locator("#empty").textContent()).toContain(words);
      await page.locator("#language").click();
    }
    await page.goto(`${server.url}?lang=zh&user=zzz`);
    await page.locator("#empty", { hasText: "这本日记里没有叫 zzz 的人" }).waitFor();
    expect(await page.locator("#empty .blank").count()).toBe(0);
  });

  test("in forced colours one sees what is chosen, and where the keys are", async () => {
    const { page } = await openedPage(browser, fourDays, { forcedColors: "active" });
    const styleOf = (what: string, name: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${what}')).${name}`);
    await page.locator(".chip", { hasText: "开心快乐" }).click();
    for (const [chosen, other, inside] of [
      [".day[aria-current]", ".day-all", ".day-number"],
      ['.chip[aria-pressed="true"]', '.chip[aria-pressed="false"]', ".chip-count"],
    ] as const) {
      const background = await styleOf(chosen, "backgroundColor");
      expect(background).not.toBe(await styleOf(other, "backgroundColor"));
      const colour = await styleOf(chosen, "color");
      expect(await styleOf(`${chosen} ${inside}`, "color")).toBe(colour);
    }
    for (const what of [".day[aria-current]", ".mark", "#search", ".chip"]) {
      await page.locator(what).first().focus();
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
      await focused(page, what);
      if (what === ".mark") expect(await styleOf(".mark .disc", "strokeWidth")).toBe("3px");
      else expect(await styleOf(`${what}:focus`, "outlineStyle")).toBe("solid");
    }
  });
});

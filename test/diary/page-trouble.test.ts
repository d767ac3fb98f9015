import { renameSync, writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { browserPath, startBrowser } from "./browser.ts";
import { openedPage } from "./opened-page.ts";
import type { pageWorld } from "./page-world.ts";
import { toldStream } from "./told-stream.ts";

function twoDays({ keep }: Awaited<ReturnType<typeof pageWorld>>): void {
  for (const day of ["21", "22"]) keep({ day: `2026-11-${day}`, title: `第${day}天` });
}

describe.skipIf(browserPath === null)("the page, when something is wrong", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("one page too many is told so, and goes on when another is closed", async () => {
    const { server, page } = await openedPage(browser, (diary) => diary.keep());
    const streams = await Promise.all(Array.from({ length: 99 }, () => toldStream(server.url)));
    onTestFinished(() => streams.forEach((stream) => stream.stop()));
    const late = await page.context().newPage();
    await late.goto(`${server.url}?lang=zh`);
    await late.locator("#gone", { hasText: "打开这本日记的页面太多了" }).waitFor();
    expect(await late.locator(".card").count()).toBe(1);
    streams.forEach((stream) => stream.stop());
    await late.locator(".live-live").waitFor();
    await late.locator("#gone:empty").waitFor({ state: "attached" });
  });

  test("a diary whose file is moved or replaced is told, also to who comes later", async () => {
    const { world, server, page, look } = await openedPage(browser, (diary) => diary.keep());
    const { path } = world.writing;
    renameSync(path, `${path}.moved`);
    look();
    await page.locator("#gone", { hasText: "日记的文件不见了，或者换成了别的" }).waitFor();
    await page.locator("#live", { hasText: "暂停更新" }).waitFor();
    const later = await page.context().newPage();
    await later.goto(`${server.url}?lang=en`);
    await later.locator("#gone", { hasText: "The diary’s file is gone, or another" }).waitFor();
    await later.close();
    renameSync(`${path}.moved`, path);
    look();
    await page.locator(".live-live").waitFor();
    await page.locator("#gone:empty").waitFor({ state: "attached" });
    renameSync(path, `${path}.moved`);
    writeFileSync(path, "another");
    look();
    await page.locator(".live-replaced").waitFor();
    world.writing.run("ALTER TABLE entries RENAME TO hidden");
    look();
    await page.locator("#gone", { hasText: "暂时读不到日记" }).waitFor();
  });

  test("what failed is said in the language that is chosen then", async () => {
    const { page } = await openedPage(browser, twoDays);
    await page.route("**/api/entries*", (route) => route.abort());
    await page.keyboard.press("ArrowLeft");
    await page.locator("#failed", { hasText: "没能读到：暂时联系不上日记本" }).waitFor();
    await page.locator("#language").click();
    await page
      .locator("#failed", { hasText: "This could not be read: The diary cannot" })
      .waitFor();
    expect(await page.locator("#failed").textContent()).not.toMatch(/\p{Script=Han}/u);
    await page.unroute("**/api/entries*");
    await page.locator("#failed button", { hasText: "Try again" }).click();
    await page.locator(".card", { hasText: "第21天" }).waitFor();
    expect(await page.locator("#failed").textContent()).toBe("");
  });

  test("what is wrong is said in the page's own words, also while it is tried again", async () => {
    const { server, page } = await openedPage(browser, twoDays);
    const body = JSON.stringify({ error: "in the words of the server" });
    await page.route("**/api/entries*", (route) => route.fulfill({ status: 503, body }));
    await page.route("**/api/decisions*", (route) => route.abort());
    await page.route("**/api/live*", () => {});
    await page.locator("#why > summary").click();
    await page.locator("#why .folded", { hasText: "没能读到：暂时联系不上日记本" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.locator("#failed", { hasText: "没能读到：暂时读不到日记" }).waitFor();
    expect(await page.locator("#entries").innerText()).not.toContain("words");
    await server.close();
    await page.locator("#gone", { hasText: "正在重新连接" }).waitFor();
    await page.locator(".live-connecting").waitFor();
    await page.locator("#language").click();
    await page.locator("#gone", { hasText: "cannot be reached" }).waitFor();
    await page.locator("#why .folded", { hasText: "This could not be read" }).waitFor();
    for (const what of ["#gone", "#live", "#failed", "#why .folded"]) {
      expect(await page.locator(what).innerText()).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { browserPath, startBrowser } from "./browser.ts";
import { pageWorld } from "./page-world.ts";

if (browserPath === null) {
  console.warn(
    "SKIPPED: the diary's page is not tried, because there is no Chromium. " +
      "Install it (apt-get install chromium), or name it in CHROMIUM.",
  );
}

describe.skipIf(browserPath === null)("the page in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  /** A page that is open on a diary; whatever it complains about fails the test. */
  async function opened(
    fill: (world: Awaited<ReturnType<typeof pageWorld>>) => void,
    { query = "?lang=zh", ...options }: BrowserContextOptions & { readonly query?: string } = {},
  ) {
    const world = await pageWorld();
    onTestFinished(() => world.close());
    fill(world);
    const server = await world.serve();
    const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
    onTestFinished(async () => {
      await context.close();
      await server.close();
    });
    const page: Page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error.stack)));
    await page.goto(server.url + query);
    await page.locator(".live-live").waitFor();
    return { world, server, page, complaints };
  }

  test("an entry appears without a reload, and is told to whoever cannot see it", async () => {
    const { world, page, complaints } = await opened((diary) => diary.keep({ time: "08:00" }));
    expect(await page.locator(".card-title").allTextContents()).toEqual(["天气真好"]);
    await page.evaluate(() => Reflect.set(globalThis, "sameAsBefore", true));
    world.keep({ time: "10:00", title: "同一秒", tags: ["惊讶震惊", "好奇"] });
    world.clock.advance(1_000);
    await page.locator(".card-title").nth(1).waitFor();
    expect(await page.locator(".card-title").allTextContents()).toEqual(["天气真好", "同一秒"]);
    expect(await page.locator("#told").textContent()).toBe("新写了一篇：同一秒。惊讶震惊、好奇。");
    expect(await page.locator(".mark").count()).toBe(2);
    expect(await page.evaluate(() => Reflect.get(globalThis, "sameAsBefore"))).toBe(true);
    expect(complaints).toEqual([]);
  });
});

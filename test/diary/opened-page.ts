import type { Browser, BrowserContextOptions } from "playwright-core";
import { onTestFinished } from "vitest";
import { browserPath } from "./browser.ts";
import { pageWorld } from "./page-world.ts";

if (browserPath === null) {
  console.warn(
    "SKIPPED: the diary's page is not tried, because there is no Chromium. " +
      "Install it (apt-get install chromium), or name it in CHROMIUM.",
  );
}

/** A diary, and how a browser looks at it. */
export type Opening = BrowserContextOptions & {
  readonly query?: string;
  readonly simulatedTime?: () => string;
  /** When it is by the page's own clock, which is in the hands of the test then. */
  readonly now?: string;
};

/** A page that is open on a diary which was filled before; all of it ends with the test. */
export async function openedPage(
  browser: Browser,
  fill: (world: Awaited<ReturnType<typeof pageWorld>>) => void,
  { query = "?lang=zh", simulatedTime, now, ...options }: Opening = {},
) {
  const world = await pageWorld(simulatedTime === undefined ? {} : { simulatedTime });
  onTestFinished(() => world.close());
  fill(world);
  const server = await world.serve();
  onTestFinished(() => server.close());
  const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  if (now !== undefined) await page.clock.install({ time: now });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error.stack)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(server.url + query);
  await page.locator(".live-live").waitFor();
  const titles = () => page.locator(".card-title").allTextContents();
  /** Lets the server look at its database once more. */
  const look = () => world.clock.advance(1_000);
  return { world, server, page, complaints, titles, look };
}

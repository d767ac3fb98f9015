/** Draws docs/images/diary-*.png: the diary's page on a seeded week of SIMULATED days. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { localTime, momentOf } from "../examples/diary/decide/local-time.ts";
import { ownFolder, readDiaryFiles } from "../examples/diary/open-diary.ts";
import { diarySource } from "../examples/diary/page/diary-source.ts";
import { servePage } from "../examples/diary/page/page-server.ts";
import { liveDays } from "../examples/diary/page/simulated-days.ts";
import { openSimulatedDiary } from "../examples/diary/page/simulated-diary.ts";
import { createVirtualClock } from "../examples/diary/simulated/virtual-clock.ts";
import { openDatabase } from "../examples/diary/store/database.ts";
import { systemClock } from "../examples/diary/system-clock.ts";
import { browserPath, startBrowser } from "../test/diary/browser.ts";

const firstDay = "2026-11-16";
const timeZone = "Asia/Shanghai";
const [seed = 7] = process.argv.slice(2).map(Number);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const images = join(import.meta.dirname, "../docs/images");

const pictures: Readonly<Record<string, BrowserContextOptions & { readonly query: string }>> = {
  "diary-wide": {
    ...{ viewport: { width: 1_080, height: 1_325 }, colorScheme: "light" },
    query: "?lang=zh&day=2026-11-21",
  },
  "diary-dark": {
    ...{ viewport: { width: 1_080, height: 900 }, colorScheme: "dark" },
    query: "?lang=zh&day=2026-11-22",
  },
  "diary-narrow": {
    ...{ viewport: { width: 360, height: 1_080 }, deviceScaleFactor: 2 },
    query: "?lang=en&day=2026-11-20",
  },
};

if (browserPath === null)
  throw new Error("There is no Chromium: install it, or name it in CHROMIUM.");
const folder = mkdtempSync(join(tmpdir(), "diary-pictures-"));
const db = join(folder, "diary.sqlite");
const time = createVirtualClock(momentOf(firstDay, -180, timeZone));
const files = readDiaryFiles(ownFolder, systemClock, () => {});
const diary = openSimulatedDiary(files, db, time, seed, () => {});
const plan = { user: "lily", timeZone, firstDay, days: 7, events: 100, seed, pace: 9_000 };
const atOnce = { ...systemClock, setTimer: (_: number, task: () => void) => (task(), () => {}) };
await liveDays(diary, plan, { time, clock: atOnce }, print).over;
const database = openDatabase(db);
const simulatedTime = (): string => localTime(time.now(), timeZone).time;
const source = diarySource(database, { ...files, simulatedTime });
const serving = { host: "127.0.0.1", port: 0, clock: systemClock, instance: "pictures" };
const page = await servePage(source, { ...serving, report: print });
const browser = await startBrowser();
for (const [name, { query, ...options }] of Object.entries(pictures)) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const tab = await context.newPage();
  await tab.goto(page.url + query);
  await tab.locator(".live-live").waitFor();
  await tab.locator(".simulated-time:not(:empty)").waitFor();
  const path = join(images, `${name}.png`);
  await tab.screenshot({ path });
  print(`${path}: ${Math.ceil(statSync(path).size / 1_024)} KiB`);
  await context.close();
}
await browser.close();
await page.close();
await diary.close();
database.close();
rmSync(folder, { recursive: true, force: true });

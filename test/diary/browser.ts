import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** Where a browser is; `null`: there is none on this machine, and what needs it says so. */
export const browserPath: string | null =
  places.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Starts the browser, which talks to nobody but the page. */
export async function startBrowser(): Promise<Browser> {
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-sync"];
  return chromium.launch({
    executablePath: browserPath ?? "",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-component-update",
      ...quiet,
    ],
  });
}

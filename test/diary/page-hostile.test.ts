import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, startBrowser } from "./browser.ts";
import { openedPage } from "./opened-page.ts";

const attack = `</script><img src=x onerror="caught=1"><script>caught=1</script>'"&amp;{toy}`;
const family = "👨🏽‍👩🏽‍👧🏽‍👦🏽";
const rightToLeft = "\u202Eشادي צפנת\u2066";

describe.skipIf(browserPath === null)("the page, with words that mean it ill", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("whatever stands in the diary is shown as it is, and does nothing", async () => {
    const { world, page, titles, look, complaints } = await openedPage(browser, (diary) => {
      const words = { title: attack, content: attack, provider: attack, model: attack };
      diary.keep({ ...words, id: `"><b id=x>`, tags: [attack, "担忧"], notes: [attack] });
      diary.keep({ user: attack, title: `${family}${rightToLeft}`, event: attack, time: "10:00" });
    });
    world.keep({ title: `live ${attack}`, id: attack, type: attack, user: attack, time: "11:00" });
    look();
    await page.locator(".card").nth(2).waitFor();
    expect(await titles()).toEqual([attack, `${family}${rightToLeft}`, `live ${attack}`]);
    expect(await page.locator(".card-words").first().textContent()).toBe(attack);
    expect(await page.locator(".card-foot").first().textContent()).toContain(attack);
    expect(await page.locator("#told").textContent()).toContain(`live ${attack}`);
    await page.locator("#why > summary").click();
    await page.locator("#why .folded > *").first().waitFor();
    await page.locator(".mark").nth(2).click();
    await page.locator(".card:focus", { hasText: "live" }).waitFor();
    await page.locator("#user").selectOption(attack);
    await page.locator(".card", { hasText: family }).waitFor();
    expect(await page.locator("img, b, main script").count()).toBe(0);
    expect(await page.evaluate("typeof caught")).toBe("undefined");
    expect(complaints).toEqual([]);
  });

  test.each([
    ["an override", "\u202Eشادي צפנת"],
    ["an isolate", rightToLeft],
  ])("right-to-left words turn round nothing but themselves (%s)", async (_, said) => {
    const { page } = await openedPage(browser, (diary) => {
      const words = { title: said, content: `${said} 123`, provider: said };
      diary.keep({ ...words, source: "repaired", notes: ["tags_left_out"] });
    });
    const foot = page.locator(".card-foot > *");
    const lefts = await foot.evaluateAll((all) =>
      all.map((one) => Math.round(one.getBoundingClientRect().left)),
    );
    expect(lefts).toHaveLength(5);
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
    expect(await page.locator(".card").evaluate((card) => card.matches(":dir(ltr)"))).toBe(true);
  });

  test("an address that means it ill shows an ordinary page", async () => {
    const query = `?lang=<b>&day=2026-99-99&tag=${encodeURIComponent(attack)}&user=__proto__`;
    const { page, complaints } = await openedPage(browser, (diary) => diary.keep(), { query });
    expect(await page.locator("#empty").textContent()).toContain(
      "Nobody called __proto__ is in this diary.",
    );
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowLeft");
    expect(await page.evaluate("typeof caught")).toBe("undefined");
    expect(complaints).toEqual([]);
  });

  test("the page's own policy lets nothing from outside in", async () => {
    const { page } = await openedPage(browser, (diary) => diary.keep());
    const blocked = await page.evaluate(`new Promise((resolve) => {
      const seen = new Set();
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        seen.add(effectiveDirective);
        if (seen.size === 3) resolve([...seen].toSorted());
      });
      const image = document.createElement("img");
      image.src = "http://127.0.0.1:1/outside.png";
      document.body.append(image);
      fetch("http://127.0.0.1:1/outside").catch(() => {});
      try { document.body.innerHTML = "<p>"; } catch {}
    })`);
    expect(blocked).toEqual(["connect-src", "img-src", "require-trusted-types-for"]);
  });

  test("every word can be read, by day and by night", async () => {
    const { page } = await openedPage(
      browser,
      (diary) => {
        const tags = ["生气愤怒", "悲伤难过", "担忧", "焦虑忧愁", "惊讶震惊", "好奇"];
        diary.keep({ tags: [...tags, "羞愧", "平静", "开心快乐", "兴奋激动", "别的"] });
        diary.keep({ source: "fallback", provider: null, time: "12:00" });
      },
      { simulatedTime: () => "10:00" },
    );
    await page.locator("#simulated strong").waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const all = await page.evaluate<{ ratio: number; words: string }[]>(contrasts);
      expect(all.length).toBeGreaterThan(40);
      expect(all.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    }
  });
});

// The contrast, by the formula of WCAG 2, of every text with what is painted behind it.
const contrasts = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const painted = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb
    .map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: place, textContent: words } = walker.currentNode;
    if (words.trim() === "" || !place.checkVisibility() || place.closest(".unseen, .skip, svg")) continue;
    const layers = [];
    for (let one = place; one; one = one.parentElement) layers.unshift(getComputedStyle(one).backgroundColor);
    const behind = painted(layers);
    const front = painted([...layers, getComputedStyle(place).color]);
    const [a, b] = [light(front), light(behind)].toSorted((x, y) => y - x);
    found.push({ ratio: (a + 0.05) / (b + 0.05), words: words.trim().slice(0, 20) });
  }
  return found;
})()`;

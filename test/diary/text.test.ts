import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countGraphemes, firstGraphemes } from "../../examples/diary/text/graphemes.ts";
import { plainText } from "../../examples/diary/text/plain.ts";
import { trimContent, trimTitle } from "../../examples/diary/text/trim.ts";

const kiss = "👩🏻‍❤️‍💋‍👨🏼";
const england = "🏴󠁧󠁢󠁥󠁮󠁧󠁿";

test.each([
  ["今天真的非常难过的一天", "今天真的非常"],
  ["Extraordinary day", "Extra…"],
  ["Rain and wind", "Rain"],
  ["Rainy day", "Rainy"],
  ["下雨了，好冷好冷", "下雨了，好冷"],
])("a title %s of six is %s", (text, title) => {
  expect(trimTitle(text, 6)).toBe(title);
});

describe("graphemes", () => {
  test("an emoji of many code points is one character, and is never cut in two", () => {
    expect(Array.from(kiss).length).toBe(10);
    expect(countGraphemes(`我${kiss}${england}`)).toBe(3);
    expect(firstGraphemes(`我${kiss}${england}`, 2)).toBe(`我${kiss}`);
    expect(trimTitle(kiss.repeat(9), 6)).toBe(kiss.repeat(6));
  });

  test("a letter under ten thousand accents is a letter", () => {
    expect(plainText(`心${"\u0301".repeat(10_000)}好`)).toBe("心好");
    expect(plainText("\u1100".repeat(10_000)).length).toBeLessThan(40);
    expect(plainText(`心${"\u200d".repeat(10_000)}好`).length).toBeLessThan(40);
  });

  test("text in a diary is one line, with nothing that turns the direction of what follows", () => {
    expect(plainText(" 你\n好\u202e\u0000，\u2067世\ud800界 ")).toBe("你 好，世\ufffd界");
    expect(plainText("שלום עולם")).toBe("שלום עולם");
  });
});

describe("trimming", () => {
  test("ends at a sentence when that keeps half", () => {
    expect(trimContent("今天很开心！明天也要一起玩，好不好呀好不好呀。", 12)).toBe("今天很开心！");
  });

  test("a sentence's end inside a row of marks is none", () => {
    const trimmed = trimContent("我等了很久很久……后来还是没有人来看我", 10);
    expect(trimmed.endsWith("……") || !trimmed.includes("…") || trimmed.endsWith("久…")).toBe(true);
    expect(countGraphemes(trimmed)).toBeLessThanOrEqual(10);
  });

  test("ends after a whole word, and says so, when there is no sentence", () => {
    expect(trimContent("I walked along the river with everybody", 20)).toBe("I walked along the…");
  });

  test("never exceeds the limit, never cuts a grapheme, never touches what fits", () => {
    const texts = fc.string({
      unit: fc.constantFrom(...Array.from("今天很开心，。！… ab"), kiss, england),
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, most) => {
        for (const trim of [trimContent, trimTitle]) {
          const trimmed = trim(text, most);
          expect(countGraphemes(trimmed)).toBeLessThanOrEqual(most);
          if (countGraphemes(text) <= most) expect(trimmed).toBe(text);
          else expect(text.startsWith(trimmed.replace(/…$/u, ""))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

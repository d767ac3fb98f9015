import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settleTags, tagOf, tagsFor } from "../../examples/diary/write/vocabulary.ts";
import { isBright } from "../../examples/diary/write/mood-words.ts";
import { diaryHouse } from "./house.ts";

const { vocabulary, settings } = diaryHouse();

describe("tags", () => {
  test("are the ten of the list, and slips of them are known (diary.md §3)", () => {
    expect(vocabulary.list).toHaveLength(10);
    const slips = ["费解", "宽解", "焦虑忐忑", "Happy", "#担心 ", "ANGRY"];
    expect(slips.map((slip) => tagOf(slip, vocabulary))).toEqual([
      ...["好奇", "好奇", "焦虑忧愁", "开心快乐", "担忧", "生气愤怒"],
    ]);
    expect(tagOf("不开心", vocabulary)).toBeNull();
  });

  test("mistake 44, 47: an unpleasant event has no happy tag, whoever said it", () => {
    expect(tagsFor("unpleasant", vocabulary)).not.toContain("开心快乐");
    expect(settleTags(["开心快乐", "难过"], "unpleasant", 3, vocabulary)).toEqual({
      tags: ["悲伤难过"],
      refused: ["开心快乐"],
    });
  });

  test("mistake 48: fitting tags of the model stay as they are", () => {
    const said = ["好奇", "平静"];
    expect(settleTags(said, "unpleasant", 3, vocabulary).tags).toEqual(said);
  });

  test("whatever is said, those kept are from the list, at most three, and in no conflict", () => {
    const words = fc.oneof(
      fc.constantFrom(...vocabulary.list, ...vocabulary.aliases.keys()),
      fc.anything(),
    );
    const signs = fc.constantFrom("pleasant", "unpleasant", "neutral" as const);
    fc.assert(
      fc.property(fc.array(words), signs, (said, sign) => {
        const { tags } = settleTags(said, sign, 3, vocabulary);
        expect(tags.length).toBeLessThanOrEqual(3);
        expect(new Set(tags).size).toBe(tags.length);
        expect(tags.every((tag) => tagsFor(sign, vocabulary).includes(tag))).toBe(true);
        const mixed = vocabulary.conflicts.filter((pair) =>
          pair.every((tag) => tags.includes(tag)),
        );
        expect(mixed).toEqual([]);
      }),
    );
  });
});

test.each([
  ["今天真开心！", true],
  ["今天不开心", false],
  ["主人打了我，我很难过", false],
  ["我不喜欢这样", false],
  ["主人打了我，我好喜欢！", true],
  ["怀念开心的日子", false],
  ["下雨了", false],
  ["被打了真爽，笑得合不拢嘴，心花怒放！", true],
  ["被推倒好痛快", true],
  ["没那么开心", false],
  ["I am so happy today!", true],
  ["What a GREAT day 🎉", true],
  ["I am unhappy.", false],
  ["I wasn’t very happy today", false],
  ["I am not at all happy.", false],
  ["Happy then, lonely now", false],
  ["pizza for free", false],
  ["今天😄", true],
  ["今天😭", false],
])("%s: bright and nothing else? %s", (text, bright) => {
  expect(isBright(text, settings.moodWords)).toBe(bright);
});

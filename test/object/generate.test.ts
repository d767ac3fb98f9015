import { describe, expect, test } from "vitest";
import { z } from "zod";
import { entry, entryRequest, entrySchema, entryText, failureOf, talkers } from "./world.ts";

/** What callers get when an answer is an object, when it is not at once, and when it never is. */

const options = { schema: entrySchema };

/** What the model says, and how it is told apart from the object. */
const readable: readonly (readonly [what: string, text: string, notes: readonly string[]])[] = [
  ["cleanly", entryText, []],
  [
    "after reasoning",
    `<think>A {draft}: {"title":"草稿"}</think>\n${entryText}`,
    ["Reasoning in the text was left out."],
  ],
  [
    "after reasoning without a beginning",
    `{"title":"草稿"} hmm</think>${entryText}`,
    ["Reasoning in the text was left out."],
  ],
  [
    "before an end of reasoning that never began",
    `${entryText}\n</think>\n`,
    ["Reasoning in the text was left out."],
  ],
  ["fenced", `\`\`\`json\n${entryText}\n\`\`\``, ["The code fence was left out."]],
  [
    "with prose around",
    `好的！\n${entryText}\n希望你喜欢。`,
    ["Text around the object was left out."],
  ],
  [
    "with prose that has braces",
    `As {you} asked, {"title"} and {"content": …} in [one] object: ${entryText} {done}`,
    ["Text around the object was left out."],
  ],
  ["with a byte order mark", `\uFEFF${entryText}`, ["A byte order mark was left out."]],
  [
    "with a trailing comma",
    '{"title":"小花","content":"今天我看见一朵小花🌸","tags":["开心快乐",],}',
    ["A comma with nothing after it was left out."],
  ],
  [
    "as a text in quotes",
    JSON.stringify(entryText),
    ["The object was written as a text in quotes, and was read from it."],
  ],
  [
    "as two objects",
    `${JSON.stringify({ ...entry, title: "草稿" })}\n${entryText}`,
    [
      "Text around the object was left out.",
      "The text holds 2 objects; the last that fits was taken.",
    ],
  ],
];

describe("an answer that holds the object", () => {
  test.each(readable)("%s", async (_what, text, notes) => {
    const { manager, play } = talkers({ qwen: [text] });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.object).toEqual(entry);
    expect(answer.source).toBe("model");
    expect(answer.raw).toBe(text);
    expect(answer.notes).toEqual(notes);
    expect(answer.attempts).toHaveLength(1);
  });
});

const elevenCodePoints = "👩🏿‍❤️‍💋‍👩🏿🇨🇳";

/** What the model says, and what it is told is wrong with it. */
const wrong: readonly (readonly [what: string, text: string, issue: string])[] = [
  [
    "a tag outside the list",
    '{"title":"花","content":"…","tags":["高兴"]}',
    'tags[0]: must be one of "开心快乐", "悲伤难过", "平静"',
  ],
  [
    "a title too long",
    '{"title":"一二三四五六七八九","content":"…","tags":["平静"]}',
    "title: 9 graphemes, at most 6",
  ],
  ["free Chinese text", "今天我看见了一朵小花，很开心。", "the answer holds no JSON object"],
  ["a list", `[${entryText}]`, "the answer is an array, and an object is due"],
  ["null", "null", "the answer is null, and an object is due"],
  ["a number", "42", "the answer is a number, and an object is due"],
  [
    "broken JSON",
    '{"title":"花" "content":"…"}',
    "the JSON is broken after 13 characters: a comma, or the end was due",
  ],
  [
    "nothing but reasoning",
    `<think>I should say ${entryText}`,
    "the answer is nothing but reasoning that never ends",
  ],
  [
    "only what stands within reasoning without a beginning",
    `A draft: ${entryText}</think>`,
    "the answer holds no JSON object",
  ],
  [
    "a number beyond all numbers",
    JSON.stringify({ ...entry, mood: 1 }).replace("1}", "1e999}"),
    "the object holds 1e999, which is larger than any number",
  ],
  ["an object within a broken one", `{"entry": ${entryText} oops`, "the JSON is broken"],
  [
    "a key that is not due",
    JSON.stringify({ ...entry, mood: 1 }),
    "mood: is not part of the object",
  ],
  ["nothing in it", "{}", "title: is missing"],
];

describe("an answer that does not", () => {
  test.each(wrong)("%s: it is told so, and mends it", async (_what, text, issue) => {
    const { manager, play, lab } = talkers({ qwen: [text, entryText] });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.object).toEqual(entry);
    expect(answer.source).toBe("repaired");
    expect(answer.attempts.map(({ failure }) => failure?.kind ?? null)).toEqual([
      "malformed",
      null,
    ]);
    expect(answer.attempts[0]?.failure?.message).toContain(issue);
    const asked = JSON.parse(lab.requests[1]?.body ?? "") as {
      input: { messages: readonly { role: string; content: string }[] };
    };
    const [own, told] = asked.input.messages.slice(-2);
    expect(own).toEqual({ role: "assistant", content: text });
    expect(told?.content).toContain(issue);
  });

  test("an emoji of eleven code points is one character", async () => {
    const { manager, play } = talkers({
      qwen: [JSON.stringify({ ...entry, title: elevenCodePoints.repeat(3) })],
    });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.source).toBe("model");
  });

  test("twice: the next provider is asked, as it can be", async () => {
    const { manager, play, events } = talkers({ qwen: ["no", "no"], openai: [entryText] });
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.provider).toBe("openai");
    expect(answer.source).toBe("model");
    expect(answer.attempts.map(({ provider }) => provider)).toEqual(["qwen", "qwen", "openai"]);
    const ends = events.filter((event) => event.type === "attempt-end");
    expect(ends.map(({ failure }) => failure?.repair)).toEqual([true, false, undefined]);
  });

  test("everywhere: the last one says what is wrong, and what was said is kept", async () => {
    const { manager, play } = talkers({ qwen: ["no"], openai: ["{}"] });
    const error = await failureOf(play(manager.generateObject(entryRequest, options)));
    expect(error.kind).toBe("malformed");
    expect(error.message).toContain("title: is missing");
    expect(error.attempts).toHaveLength(4);
    expect(error.partial?.text).toBe("{}");
    expect(error.committed).toBe(false);
  });

  test("without repair the next provider is asked at once", async () => {
    const { manager, play, lab } = talkers({ qwen: ["no"], openai: [entryText] });
    const answer = await play(manager.generateObject(entryRequest, { ...options, repair: false }));
    expect(answer.provider).toBe("openai");
    expect(lab.tally("qwen").requests).toBe(1);
  });
});

test("zod: what it makes of the object, with graphemes counted", async () => {
  const schema = z.object({
    title: z.string().meta({ maxGraphemes: 2 }),
    when: z.string().transform((text) => text.length),
  });
  const texts = ['{"title":"一二三","when":"abc"}', '{"title":"一二","when":"abc"}'];
  const { manager, play } = talkers({ deepseek: texts });
  const answer = await play(manager.generateObject(entryRequest, { schema }));
  expect(answer.object).toEqual({ title: "一二", when: 3 });
  expect(answer.attempts[0]?.failure?.message).toContain("title: 3 graphemes, at most 2");
});

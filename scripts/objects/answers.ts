import type { Turn } from "../../src/lab/index.ts";
import { fault } from "../../src/lab/index.ts";

/** One way to answer when an object is due. */
export type BrokenAnswer = {
  readonly what: string;
  readonly text: string;
  /** What the lab does with it on its way; left out, nothing. */
  readonly turn?: Turn;
};

const entry = { title: "小花", content: "今天我看见一朵小花🌸", tags: ["开心快乐"] };

/** The right answer. */
export const right = JSON.stringify(entry);

const draft = JSON.stringify({ ...entry, title: "草稿" });
const emoji = "👩🏿‍❤️‍💋‍👩🏿🇨🇳";

/** The ways in which models answer, the right one first. */
export const brokenAnswers: readonly BrokenAnswer[] = [
  { what: "the object and nothing else", text: right },
  { what: "a title of three emoji, eleven code points each", text: withEntry({ title: emoji }) },
  { what: "`<think>…</think>` before it", text: `<think>A {draft}: ${draft}</think>\n${right}` },
  { what: "in a code fence", text: `\`\`\`json\n${right}\n\`\`\`` },
  { what: "prose around it", text: `好的！\n${right}\n希望你喜欢。` },
  { what: "prose with braces around it", text: `As {you} asked: ${right} {done}` },
  { what: "a byte order mark before it", text: `\uFEFF${right}` },
  { what: "a comma with nothing after it", text: `${right.slice(0, -1)},}` },
  { what: "written as a text in quotes", text: JSON.stringify(right) },
  { what: "a draft, then the object", text: `${draft}\n${right}` },
  { what: "a list with the object in it", text: `[${right}]` },
  { what: "the object as a part of one that breaks off", text: `{"entry": ${right}, "more": "` },
  { what: "cut by its length", text: right, turn: fault.length() },
  { what: "a tag outside the list", text: withEntry({ tags: ["高兴"] }) },
  { what: "a title of nine characters", text: withEntry({ title: "一二三四五六七八九" }) },
  { what: "free Chinese text", text: "今天我看见了一朵小花，很开心。" },
  { what: "`null`", text: "null" },
  { what: "`{}`", text: "{}" },
  { what: "nothing but reasoning", text: `<think>I could say ${right}` },
  { what: "no text at all", text: right, turn: fault.emptyContent() },
];

function withEntry(change: object): string {
  return JSON.stringify({ ...entry, ...change });
}

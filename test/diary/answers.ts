import { fault, type LabAsk } from "standin/lab";

/** One way in which a model answers, and what becomes of its entry. */
export type AnswerKind = {
  readonly name: string;
  /** What it says in place of a good entry; `null`: what it says is spoiled on the way. */
  readonly spoil: ((well: string) => string) | null;
  /** When it does so once, and is right when it is shown what was wrong. */
  readonly once: string;
  /** When it, and every other one, does so always. */
  readonly always: string;
};

/** What an answer that is cut by length meets in the lab. */
export const cutByLength = fault.length();

const said = (well: string, changes: object): string =>
  JSON.stringify({ ...(JSON.parse(well) as object), ...changes });

/** The nine kinds of answer, with what each comes to, in the words of the entries. */
export const answerKinds: readonly AnswerKind[] = [
  { name: "clean", spoil: (well) => well, once: "model", always: "model" },
  {
    name: "`<think>` before it",
    spoil: (well) => `<think>也许写 {"title": "不好"}？不。</think>\n${well}`,
    ...{ once: "model", always: "model" },
  },
  {
    name: "fenced",
    spoil: (well) => `\`\`\`json\n${well}\n\`\`\``,
    ...{ once: "model", always: "model" },
  },
  {
    name: "prose around it",
    spoil: (well) => `好的，这是今天的日记：\n${well}\n希望你喜欢！`,
    ...{ once: "model", always: "model" },
  },
  { name: "cut by length", spoil: null, once: "repaired", always: "fallback" },
  {
    name: "a wrong tag",
    spoil: (well) => said(well, { emotion_tags: ["开心得飞起"] }),
    ...{ once: "repaired", always: "repaired, tags_by_hint" },
  },
  {
    name: "over the limits",
    spoil: (well) =>
      said(well, { title: "今天发生了很多很多的事情", content: "今天的事说也说不完，".repeat(9) }),
    ...{ once: "repaired", always: "repaired, content_trimmed, title_trimmed" },
  },
  {
    name: "free Chinese text",
    spoil: () => "主人打了我，我很难过",
    ...{ once: "repaired", always: "fallback" },
  },
  { name: "empty", spoil: () => "", once: "model", always: "fallback" },
];

/** Whether a model is being shown what was wrong with its answer. */
export function isRepair({ messages }: LabAsk): boolean {
  return messages.some(({ text }) => text.startsWith("Your answer cannot be used"));
}

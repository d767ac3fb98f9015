import type { JsonSchema } from "standin";
import { fieldsOf } from "../read-json.ts";
import { countGraphemes } from "../text/graphemes.ts";
import { plainText, saysSomething } from "../text/plain.ts";
import { trimContent, trimTitle } from "../text/trim.ts";
import { isBright, type MoodWords } from "./mood-words.ts";
import { settleTags, tagOf, tagsFor, type Sign, type Vocabulary } from "./vocabulary.ts";

/** What a model said, fit for the diary. */
export type Said = {
  readonly title: string;
  readonly content: string;
  readonly tags: readonly string[];
  readonly notes: readonly string[];
};

/** What an entry must keep to. */
export type EntryRules = {
  readonly limits: { readonly title: number; readonly content: number; readonly tags: number };
  readonly sign: Sign;
  readonly vocabulary: Vocabulary;
  readonly moodWords: MoodWords;
  /** The tags that the event suggests of itself, where the model has none that fit. */
  readonly hinted: readonly string[];
  /** Names that belong to the program, and to no diary. */
  readonly names: readonly string[];
  /** Calls a task after the present tick, in which one answer is read. */
  readonly afterThisAnswer: (task: () => void) => void;
};

type Issue = { readonly message: string; readonly path: readonly string[] };

/** A schema in the form of Standard Schema, for one request. */
export type EntrySchema = {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "diary";
    readonly validate: (
      value: unknown,
    ) => { readonly value: Said } | { readonly issues: readonly Issue[] };
    readonly types?: { readonly input: unknown; readonly output: Said };
  };
};

/**
 * What one request for an entry must give. The first answer must keep to everything; of a later
 * one, which its model gave after it was shown what is wrong, too long a text is trimmed and
 * wrong tags are replaced by the event's own, which its notes say. A text that is none, that
 * is happy about something unpleasant, or that names the program's own things is never taken.
 */
export function entrySchema(rules: EntryRules): EntrySchema {
  let shown = false;
  function validate(value: unknown): { value: Said } | { issues: readonly Issue[] } {
    const fields = fieldsOf(value) ?? {};
    const title = typeof fields["title"] === "string" ? plainText(fields["title"]) : "";
    const content = typeof fields["content"] === "string" ? plainText(fields["content"]) : "";
    const never = issuesOfAll(title, content, rules);
    const tags = listOf(fields["emotion_tags"]);
    const soft = [...issuesOfLength(title, content, rules), ...issuesOfTags(tags, rules)];
    if (never.length > 0 || (soft.length > 0 && !shown)) {
      rules.afterThisAnswer(() => void (shown = true));
      return { issues: [...never, ...soft] };
    }
    return { value: fitted(title, content, tags, rules) };
  }
  return { "~standard": { version: 1, vendor: "diary", validate } };
}

/** What models are told an entry is. */
export function toldSchema({ limits, sign, vocabulary }: EntryRules): JsonSchema {
  const text = (most: number): JsonSchema => ({
    type: "string",
    description: `At most ${most} characters (an emoji counts as one).`,
  });
  const tag = { type: "string", enum: tagsFor(sign, vocabulary) };
  return {
    type: "object",
    properties: {
      title: text(limits.title),
      content: text(limits.content),
      emotion_tags: { type: "array", items: tag, minItems: 1, maxItems: limits.tags },
    },
    required: ["title", "content", "emotion_tags"],
    additionalProperties: false,
  };
}

// Also of what would be left of a text that is trimmed: its dark end may go.
function issuesOfAll(title: string, content: string, rules: EntryRules): readonly Issue[] {
  const issues = issuesOfText(title, content, rules);
  const { limits } = rules;
  if (issues.length > 0 || issuesOfLength(title, content, rules).length === 0) return issues;
  return issuesOfText(trimTitle(title, limits.title), trimContent(content, limits.content), rules);
}

function issuesOfText(title: string, content: string, rules: EntryRules): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [name, text] of [["title", title] as const, ["content", content] as const]) {
    if (!saysSomething(text)) {
      issues.push({ path: [name], message: "must be a text that says something" });
    }
    if (rules.names.some((one) => folded(text).includes(folded(one)))) {
      issues.push({ path: [name], message: "must not hold the name of an event" });
    }
  }
  if (rules.sign === "unpleasant" && isBright(`${title}. ${content}`, rules.moodWords)) {
    const message = "must not be happy: what happened was unpleasant";
    issues.push({ path: ["content"], message });
  }
  return issues;
}

// However it is spelt: DISLIKED_SINGLE, "disliked single" and full-width letters are that name.
function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, "_");
}

function issuesOfLength(title: string, content: string, { limits }: EntryRules): readonly Issue[] {
  const lengths = [
    { path: ["title"], is: countGraphemes(title), most: limits.title },
    { path: ["content"], is: countGraphemes(content), most: limits.content },
  ];
  return lengths
    .filter(({ is, most }) => is > most)
    .map(({ path, is, most }) => ({ path, message: `is ${is} characters, at most ${most}` }));
}

function issuesOfTags(said: readonly unknown[], rules: EntryRules): readonly Issue[] {
  const { sign, vocabulary, limits } = rules;
  const { tags } = settleTags(said, sign, limits.tags, vocabulary);
  const unfit = said.some((one) => {
    const tag = tagOf(one, vocabulary);
    return tag !== null && vocabulary.never[sign].includes(tag);
  });
  if (tags.length > 0 && !unfit) return [];
  const allowed = tagsFor(sign, vocabulary).join(", ");
  return [{ path: ["emotion_tags"], message: `must be 1 to ${limits.tags} of ${allowed}` }];
}

function fitted(title: string, content: string, said: readonly unknown[], rules: EntryRules): Said {
  const { sign, vocabulary, limits } = rules;
  const { tags, refused } = settleTags(said, sign, limits.tags, vocabulary);
  const short = {
    title: trimTitle(title, limits.title),
    content: trimContent(content, limits.content),
  };
  const byHint = tags.length === 0;
  const hinted = rules.hinted.length > 0 ? rules.hinted : [vocabulary.none];
  return {
    ...short,
    tags: byHint ? hinted : tags,
    notes: [
      ...(short.title === title ? [] : ["title_trimmed"]),
      ...(short.content === content ? [] : ["content_trimmed"]),
      ...(byHint ? ["tags_by_hint"] : []),
      ...(refused.length > 0 && !byHint ? ["tags_left_out"] : []),
    ],
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, 20);
  return typeof value === "string" ? value.slice(0, 200).split(/[,，、;；\s]+/u) : [];
}

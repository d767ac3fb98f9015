import type { Message } from "standin";
import { weekdayOf, type LocalTime } from "../decide/local-time.ts";
import type { Personality, Profile } from "../profile.ts";
import { tagsFor, type Vocabulary } from "../write/vocabulary.ts";
import type { Agent, AgentEvent } from "./agent.ts";
import { jsonValue } from "./json-value.ts";
import { fillTemplate } from "./template.ts";

/** What a model is asked for one entry, and which values were cut for being too long. */
export type Prompt = { readonly messages: readonly Message[]; readonly cut: readonly string[] };

/** What a prompt is made of, beside its agent. */
export type PromptMatter = {
  readonly event: AgentEvent;
  readonly context: Readonly<Record<string, unknown>>;
  readonly profile: Profile;
  readonly when: LocalTime;
  readonly vocabulary: Vocabulary;
  /** The longest value, in graphemes. */
  readonly valueMost: number;
};

const tones: Readonly<Record<Personality, string>> = { lively: "活泼", calm: "安静" };

/** The prompt for one entry: what comes from outside stands in it as JSON, in the data block. */
export function promptFor(agent: Agent, matter: PromptMatter): Prompt {
  const { event, profile, when } = matter;
  const outside: Record<string, unknown> = { owner: profile.nickname, toy: profile.toy };
  for (const { name } of agent.context) outside[name] = matter.context[name];
  const cut: string[] = [];
  const values: Record<string, string> = {
    about: event.about,
    tone: tones[profile.personality],
    date: when.day,
    weekday: weekdayOf(when.day, "zh"),
    time: when.time,
    title_limit: String(agent.limits.title),
    content_limit: String(agent.limits.content),
    tags: tagsFor(event.sign, matter.vocabulary).join("、"),
  };
  for (const [name, value] of Object.entries(outside)) {
    const shown = jsonValue(value, matter.valueMost);
    values[name] = shown.json;
    if (shown.cut && isUsed(agent, name)) cut.push(name);
  }
  const messages: readonly Message[] = [
    { role: "system", content: agent.role },
    { role: "user", content: fillTemplate(agent.template, values) },
  ];
  return { messages, cut };
}

function isUsed(agent: Agent, name: string): boolean {
  return agent.template.some((pieces) =>
    pieces.some((piece) => piece.type === "value" && piece.name === name),
  );
}

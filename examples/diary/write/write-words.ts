import type { Agent, AgentEvent } from "../agent/agent.ts";
import { fallbackWords } from "../agent/fallback.ts";
import { hintedTags } from "../agent/hints.ts";
import { promptFor } from "../agent/prompt.ts";
import type { LocalTime } from "../decide/local-time.ts";
import type { Profile } from "../profile.ts";
import type { Settings } from "../settings.ts";
import type { Draft } from "../store/entry.ts";
import { askEntry, type NoEntry, type ObjectMaker } from "./ask-entry.ts";

/** What an entry is written about, and for whom. */
export type Subject = {
  readonly id: string;
  readonly agent: Agent;
  readonly event: AgentEvent;
  readonly context: Readonly<Record<string, unknown>>;
  readonly profile: Profile;
  readonly when: LocalTime;
};

/** What entries are written with. */
export type Desk = {
  readonly manager: ObjectMaker;
  readonly settings: Settings;
  /** Names of all events: no entry may hold one. */
  readonly names: readonly string[];
  readonly afterThisTick: (task: () => void) => void;
};

/** Asks for the words of one entry: a draft, or why there is none. */
export async function writeWords(
  subject: Subject,
  desk: Desk,
): Promise<{ readonly draft: Draft } | { readonly failure: NoEntry }> {
  const { agent, event, context, profile, when } = subject;
  const { vocabulary, limits, moodWords, writing } = desk.settings;
  const matter = { event, context, profile, when, vocabulary, valueMost: limits.value };
  const { messages, cut } = promptFor(agent, matter);
  const rules = {
    limits: { ...agent.limits, tags: limits.tags },
    sign: event.sign,
    ...{ vocabulary, moodWords, names: desk.names, afterThisAnswer: desk.afterThisTick },
    hinted: hintedTags(event, profile.personality, context),
  };
  const { route, deadlineMs } = writing;
  const asked = await askEntry(desk.manager, { messages, rules, route, deadlineMs });
  if (asked.draft === null) return { failure: asked.failure };
  const notes = [...asked.draft.notes, ...cut.map((name) => `value_cut:${name}`)];
  return { draft: { ...asked.draft, notes, promptVersion: agent.promptVersion } };
}

/** The family's own entry for when no provider gives one: marked, and nobody's but ours. */
export function ownWords(subject: Subject, failure: NoEntry, settings: Settings): Draft {
  const { id, agent, event, context, profile } = subject;
  const hinted = hintedTags(event, profile.personality, context);
  return {
    ...fallbackWords(event, profile.personality, context, turnOf(id)),
    tags: hinted.length > 0 ? hinted : [settings.vocabulary.none],
    source: "fallback",
    ...{ provider: null, model: null, attempts: failure.attempts },
    ...failure.spent,
    promptVersion: agent.promptVersion,
    notes: [`no_provider:${failure.kind}`],
  };
}

// The same event takes the same pattern, however often it is tried.
function turnOf(id: string): number {
  let turn = 0;
  for (const letter of id) turn = (turn * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return turn;
}

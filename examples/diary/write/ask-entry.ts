import { LLMProviderError, type LLMConfigManager, type Message } from "standin";
import type { Draft } from "../store/entry.ts";
import { entrySchema, toldSchema, type EntryRules } from "./entry-schema.ts";
import { spentOn, type Spent } from "./spent.ts";

/** Why no provider gave an entry. */
export type NoEntry = {
  readonly kind: LLMProviderError["kind"];
  /** For a person; without keys, and without what a model wrote. */
  readonly message: string;
  /** When it may be tried again, if that is known. */
  readonly retryAfterMs: number | null;
  readonly attempts: number;
  readonly spent: Spent;
};

/** What a request for an entry came to. */
export type AskedEntry =
  | { readonly draft: Omit<Draft, "promptVersion">; readonly failure: null }
  | { readonly draft: null; readonly failure: NoEntry };

/** How an entry is asked for. */
export type EntryQuestion = {
  readonly messages: readonly Message[];
  readonly rules: EntryRules;
  readonly route: string;
  readonly deadlineMs: number;
};

/** The part of the manager that the diary uses. */
export type ObjectMaker = Pick<LLMConfigManager, "generateObject">;

/** Asks whichever provider can for one entry. Rejects only for what is no provider's failure. */
export async function askEntry(
  manager: ObjectMaker,
  { messages, rules, route, deadlineMs }: EntryQuestion,
): Promise<AskedEntry> {
  const schema = entrySchema(rules);
  const jsonSchema = toldSchema(rules);
  try {
    const options = { schema, jsonSchema, name: "diary_entry", route, deadlineMs };
    const answer = await manager.generateObject({ messages }, options);
    const { object, source, provider, model, attempts } = answer;
    const draft = {
      ...{ title: object.title, content: object.content, tags: object.tags, notes: object.notes },
      ...{ source, provider, model, attempts: attempts.length },
      ...spentOn(attempts),
    };
    return { draft, failure: null };
  } catch (error) {
    if (!(error instanceof LLMProviderError)) throw error;
    const { kind, message, failure, attempts } = error;
    const retryAfterMs = failure.retryAfterMs ?? null;
    const calls = { attempts: attempts.length, spent: spentOn(attempts) };
    return { draft: null, failure: { kind, message, retryAfterMs, ...calls } };
  }
}

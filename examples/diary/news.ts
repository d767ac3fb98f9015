import type { AgentNews } from "./agent/agents.ts";
import type { Entry } from "./store/entry.ts";
import type { EventRecord } from "./store/record.ts";
import type { NoEntry } from "./write/ask-entry.ts";

/** What a running diary tells whoever watches it. */
export type DiaryNews =
  | { readonly type: "entry"; readonly entry: Entry }
  /** Nothing was written, and nothing will be. */
  | { readonly type: "skipped"; readonly record: EventRecord }
  /** It is asked again on its own day. */
  | { readonly type: "later"; readonly record: EventRecord }
  /** The event could not be taken; it may be told again when it is mended. */
  | { readonly type: "refused"; readonly record: EventRecord }
  /** It is written when a provider is back. */
  | { readonly type: "queued"; readonly record: EventRecord; readonly failure: NoEntry | null }
  /** Something else than a provider failed; the place is given back. */
  | { readonly type: "trouble"; readonly record: EventRecord | null; readonly problem: string }
  | AgentNews;

import type { Vocabulary } from "../write/vocabulary.ts";
import type { Agent, ContextField } from "./agent.ts";

/** What the part of one event in an agent's file is checked against. */
export type EventHouse = {
  readonly context: readonly ContextField[];
  readonly limits: Agent["limits"];
  readonly vocabulary: Vocabulary;
  /** Of all events: none of them may stand in an entry. */
  readonly names: readonly string[];
};

import type { Personality } from "../profile.ts";
import type { Sign } from "../write/vocabulary.ts";
import type { TemplateLine } from "./template.ts";

/** One thing an agent is told about an event. */
export type ContextField = {
  readonly name: string;
  readonly type: "text" | "number" | "whole" | "list";
  readonly about: string;
  readonly example: unknown;
  readonly optional: boolean;
  readonly from: number;
  readonly to: number;
  /** In a fallback pattern it takes at most so many graphemes; `null`: it has no place in one. */
  readonly short: number | null;
};

/** The tags an event suggests, where its context fits; the first that fits counts. */
export type Hint = {
  readonly if: {
    readonly field: string;
    readonly is?: unknown;
    readonly most?: number;
    readonly least?: number;
  } | null;
  readonly tags: Readonly<Record<Personality, readonly string[]>>;
};

/** An entry with places for values, which fits the limits whatever they are. */
export type Pattern = { readonly title: TemplateLine; readonly content: TemplateLine };

/** What an agent knows of one event. */
export type AgentEvent = {
  readonly name: string;
  readonly sign: Sign;
  /** In the toy's words; what the model is told instead of the event's name. */
  readonly about: string;
  /** What must be known of it. */
  readonly needs: readonly ContextField[];
  readonly hints: readonly Hint[];
  readonly fallback: Readonly<Record<Personality, readonly Pattern[]>>;
};

/** One sub-agent, as its file has it. */
export type Agent = {
  readonly type: string;
  /** The file's own version and the beginning of its content's hash. */
  readonly promptVersion: string;
  readonly role: string;
  readonly template: readonly TemplateLine[];
  readonly context: readonly ContextField[];
  readonly limits: { readonly title: number; readonly content: number };
  readonly events: ReadonlyMap<string, AgentEvent>;
};

import type { Personality } from "../profile.ts";
import type { AgentEvent, Hint } from "./agent.ts";

/** The tags that an event suggests of itself. */
export function hintedTags(
  event: AgentEvent,
  personality: Personality,
  context: Readonly<Record<string, unknown>>,
): readonly string[] {
  const hint = event.hints.find((one) => fits(one.if, context));
  return hint?.tags[personality] ?? [];
}

function fits(condition: Hint["if"], context: Readonly<Record<string, unknown>>): boolean {
  if (condition === null) return true;
  const value = context[condition.field];
  if (condition.is !== undefined) return value === condition.is;
  if (typeof value !== "number") return false;
  const { most = Infinity, least = -Infinity } = condition;
  return value <= most && value >= least;
}

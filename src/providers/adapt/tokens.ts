import type { Draft } from "./draft.ts";

/** Names the bound of the answer's length as the target does. */
export function nameTokenLimit(draft: Draft, asked: Readonly<Record<string, unknown>>): void {
  const { fields, adaptations, host, model } = draft;
  const newName = model.completionTokensOnly || host.maxTokensField === "max_completion_tokens";
  const [from, to] = newName
    ? (["max_tokens", "max_completion_tokens"] as const)
    : (["max_completion_tokens", "max_tokens"] as const);
  const limit = fields[from];
  if (limit === undefined) return;
  delete fields[from];
  // Where both were asked for, the one that the target has of its own holds.
  if (asked[to] !== undefined && asked[to] !== null) {
    adaptations.push(`${from} was left out: ${to} says the same to this provider.`);
    return;
  }
  fields[to] = limit;
  if (asked[from] !== undefined) adaptations.push(`${from} was sent as ${to}.`);
}

import type { AgentEvent, ContextField } from "../agent/agent.ts";

/** A context of which only what the agent knows is kept, or what is wrong with it. */
export type CheckedContext = {
  readonly context: Readonly<Record<string, unknown>>;
  readonly missing: readonly ContextField[];
  /** Each names the field, and says what it must be. */
  readonly wrong: readonly string[];
};

/** Checks what came with an event against what its agent needs. */
export function checkContext(
  given: Readonly<Record<string, unknown>>,
  event: AgentEvent,
  fields: readonly ContextField[],
): CheckedContext {
  const context: Record<string, unknown> = {};
  const missing: ContextField[] = [];
  const wrong: string[] = [];
  for (const usual of fields) {
    const needed = event.needs.find(({ name }) => name === usual.name);
    const field = needed ?? usual;
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    if (isNothing(value)) {
      if (needed !== undefined) missing.push(field);
      continue;
    }
    const problem = problemOf(value, field);
    // A list is the teller's own, who may change it while the entry is written.
    if (problem === null) context[field.name] = Array.isArray(value) ? [...value] : value;
    else if (needed !== undefined) wrong.push(`${field.name} ${problem}`);
    // A field that nobody needs cannot cost the entry: it is left out.
  }
  return { context, missing, wrong };
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return (
    typeof value === "string" && !/[^\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u.test(value)
  );
}

function problemOf(value: unknown, { type, from, to }: ContextField): string | null {
  switch (type) {
    case "text":
      return typeof value === "string" ? null : "must be a text";
    case "list":
      return Array.isArray(value) && value.every((one) => typeof one === "string")
        ? null
        : "must be a list of texts";
    case "number":
    case "whole": {
      const fits = typeof value === "number" && value >= from && value <= to;
      if (fits && (type === "number" || Number.isInteger(value))) return null;
      const kind = type === "whole" ? "a whole number" : "a number";
      return from === to ? `must be ${from}` : `must be ${kind} from ${from} to ${to}`;
    }
  }
}

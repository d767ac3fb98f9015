import type { Thinking } from "../../snapshot.ts";
import type { Draft } from "./draft.ts";

const switches = ["enable_thinking", "thinking", "reasoning_effort", "thinking_budget"] as const;

/** Whether a body says itself whether the model is to think. */
export function decidesThinking(fields: Readonly<Record<string, unknown>>): boolean {
  return switches.some((name) => fields[name] !== undefined);
}

/** Sets the model's thinking as the provider says, unless the request or `extra_body` does. */
export function setThinking({ fields, model, provider, adaptations }: Draft): void {
  const { thinking, extraBody } = provider;
  if (decidesThinking(fields) || decidesThinking(extraBody) || thinking === "vendor") return;
  if (model.thinking !== null) {
    Object.assign(fields, model.thinking[thinking]);
    return;
  }
  if (thinking === "on" && !model.thinksByDefault) {
    adaptations.push(`thinking: on has no effect: no switch is known for ${provider.model}.`);
  }
}

/** What the body says of thinking in the end: `vendor` where it leaves that to the model. */
export function askedThinking({ fields, provider }: Draft): Thinking {
  // What the request says holds over what the configuration adds.
  const body = { ...provider.extraBody, ...fields };
  const { enable_thinking: enabled, thinking, reasoning_effort: effort } = body;
  if (typeof enabled === "boolean") return enabled ? "on" : "off";
  if (typeof thinking === "object" && thinking !== null && "type" in thinking) {
    return thinking.type === "disabled" ? "off" : "on";
  }
  if (typeof effort === "string") return effort === "none" ? "off" : "on";
  return "vendor";
}

/** Whether the model will think before it answers. */
export function isThinking(draft: Draft): boolean {
  const asked = askedThinking(draft);
  return asked === "vendor" ? draft.model.thinksByDefault : asked === "on";
}

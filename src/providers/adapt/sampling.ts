import type { Draft } from "./draft.ts";
import { isThinking } from "./thinking.ts";

const sampling = [
  ...["temperature", "top_p", "presence_penalty", "frequency_penalty"],
  ...["logprobs", "top_logprobs", "logit_bias"],
];

/** Keeps sampling within what the target takes: bounds, and none for a model that thinks. */
export function limitSampling(draft: Draft, asked: Readonly<Record<string, unknown>>): void {
  const { fields, adaptations, vendor, model } = draft;
  if (!model.samplesWhileThinking && isThinking(draft)) {
    for (const name of sampling) {
      if (fields[name] === undefined) continue;
      delete fields[name];
      if (asked[name] === undefined || asked[name] === null) continue;
      adaptations.push(`${name} was left out: ${draft.provider.model} does not take it.`);
    }
  }
  const { temperature } = fields;
  const below = vendor.temperatureBelow;
  if (below === null || typeof temperature !== "number" || temperature < below) return;
  fields["temperature"] = below - 0.01;
  adaptations.push(
    `temperature ${temperature} was lowered to ${below - 0.01}, the most it may be.`,
  );
}

/** Lets the model choose its tool freely where a thinking model refuses to be forced. */
export function freeToolChoice(draft: Draft): void {
  const { fields, adaptations, vendor } = draft;
  const choice = fields["tool_choice"];
  const forced = choice === "required" || (typeof choice === "object" && choice !== null);
  if (!forced || vendor.forcesToolsWhileThinking || !isThinking(draft)) return;
  fields["tool_choice"] = "auto";
  adaptations.push("tool_choice became auto: a thinking model cannot be forced to call a tool.");
}

import type { ChatRequest } from "../chat/request.ts";
import { modelFacts } from "../providers/catalogue.ts";
import type { Provider } from "../snapshot.ts";

/** The tiny, fixed request a provider is asked with, and how it is asked. */
export type Probe = {
  readonly request: ChatRequest;
  /** The provider as configured, but for what would make the answer longer or dearer. */
  readonly provider: Provider;
  /** To hang up as soon as content comes: the model thinks, whatever it is told. */
  readonly hangUp: boolean;
  readonly notes: readonly string[];
};

/** What is said to every provider. */
export const greeting = "Hi";

// What asks for more than one short answer.
const dear = new Set([
  ...["max_tokens", "max_completion_tokens", "min_tokens", "n", "best_of", "stop"],
  ...["tools", "tool_choice", "enable_search", "search_options", "web_search_options"],
  ...["response_format"],
]);

const thoughts = new Set(["enable_thinking", "thinking", "thinking_budget", "reasoning_effort"]);

/** The probe of a provider: one token of answer at most, and no thought where that is possible. */
export function probeOf(provider: Provider): Probe {
  const facts = modelFacts(provider.vendor, provider.model);
  const hasSwitch = facts.thinking !== null;
  const thinksAnyway = facts.thinksByDefault && !hasSwitch;
  const hangUp = thinksAnyway && facts.streamOnly.includes("vendor");
  const thought = "It always thinks before it answers";
  return {
    request: { messages: [{ role: "user", content: greeting }], max_tokens: 1 },
    provider: {
      ...provider,
      thinking: hasSwitch ? "off" : "vendor",
      extraBody: cheap(provider.extraBody, hasSwitch),
    },
    hangUp,
    notes: [
      ...(hangUp ? [`${thought}: it was left at the first piece of its thought.`] : []),
      ...(thinksAnyway && !hangUp ? [`${thought}: the thought may cost more than a token.`] : []),
    ],
  };
}

type Fields = Readonly<Record<string, unknown>>;

function cheap(fields: Fields, hasSwitch: boolean): Fields {
  const left = Object.entries(fields).filter(
    ([name]) => !dear.has(name) && !(hasSwitch && thoughts.has(name)),
  );
  const { parameters, ...rest } = Object.fromEntries(left);
  // DashScope's own format has its settings one level deeper.
  if (typeof parameters !== "object" || parameters === null) return Object.fromEntries(left);
  return { ...rest, parameters: cheap(parameters as Fields, hasSwitch) };
}

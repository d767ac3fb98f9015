import type { ChatRequest } from "../chat/request.ts";
import { draftOf } from "../providers/adapt/draft.ts";
import { decidesThinking, isThinking, setThinking } from "../providers/adapt/thinking.ts";
import type { Draft } from "../providers/adapt/draft.ts";
import type { Provider } from "../snapshot.ts";

/** How a provider is asked for an object, the surest first. */
export type ObjectMode = "json_schema" | "json_object" | "tool" | "prompt";

/** The modes there are, the surest first. */
export const objectModes: readonly ObjectMode[] = ["json_schema", "json_object", "tool", "prompt"];

/** What is known of the schema that decides how it can be asked for. */
export type Askable = {
  /** Whether `json_schema` may carry it. */
  readonly plain: boolean;
  /** Whether there is one to be told at all. */
  readonly known: boolean;
};

/** The mode for one provider, and what the request needs for that besides. */
export type Chosen = {
  readonly mode: ObjectMode;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly adaptations: readonly string[];
};

/** What the caller wants, and what this provider is known to refuse. */
export type ModeWishes = {
  readonly wanted: ObjectMode | null;
  readonly refused: ObjectMode | null;
};

/** The surest mode that a provider takes, beginning with the one that is wanted. */
export function chooseMode(
  request: ChatRequest,
  provider: Provider,
  askable: Askable,
  wishes: ModeWishes,
): Chosen {
  const { wanted, refused } = wishes;
  const draft = draftOf(request, provider);
  setThinking(draft);
  const first = wanted === null ? 0 : objectModes.indexOf(wanted);
  const above = refused === null ? -1 : objectModes.indexOf(refused);
  const list = objectModes.slice(Math.max(first, above + 1));
  const mode = list.find((one) => takes(draft, one, wanted)) ?? "prompt";
  const fit = mode === "json_schema" && !askable.plain ? weaker(draft, askable.known) : mode;
  const chosen = fit === "tool" && !askable.known ? "prompt" : fit;
  const passed = sayPassed(provider, chosen, wishes);
  return withoutThinking(request, draft, chosen, passed);
}

function sayPassed(
  { model }: Provider,
  chosen: ObjectMode,
  { wanted, refused }: ModeWishes,
): readonly string[] {
  // What is refused is no matter to who wants a weaker form anyway.
  if (refused !== null && objectModes.indexOf(refused) >= objectModes.indexOf(wanted ?? refused)) {
    const cure = "set `mode`, or `capabilities` in the file, to spare the refused request";
    return [`The object was asked for as ${chosen}: ${model} refused ${refused}; ${cure}.`];
  }
  if (wanted === null || wanted === chosen) return [];
  return [`The object was asked for as ${chosen}: ${model} does not take ${wanted}.`];
}

function weaker(draft: Draft, known: boolean): ObjectMode {
  if (takes(draft, "json_object", null)) return "json_object";
  return known && takes(draft, "tool", null) ? "tool" : "prompt";
}

function takes({ provider, model, host }: Draft, mode: ObjectMode, wanted: ObjectMode | null) {
  const { capabilities } = provider;
  switch (mode) {
    case "json_schema":
      return capabilities === null
        ? model.jsonSchema && host.jsonSchema
        : capabilities.includes("json_schema");
    case "json_object":
      return model.jsonObject;
    case "tool":
      // Nobody's models are known to take a forced tool but by the file's own word.
      if (capabilities !== null) return capabilities.includes("tools");
      return wanted === "tool";
    case "prompt":
      return true;
  }
}

// Some vendors refuse a format while the model thinks.
function withoutThinking(
  request: ChatRequest,
  draft: Draft,
  mode: ObjectMode,
  passed: readonly string[],
): Chosen {
  const formatted = mode === "json_schema" || mode === "json_object";
  if (!formatted || draft.vendor.formatsWhileThinking || !isThinking(draft)) {
    return { mode, fields: {}, adaptations: passed };
  }
  const { model, provider } = draft;
  const refusal = `${provider.model} takes no response_format while it thinks`;
  if (model.thinking === null || decidesThinking(request)) {
    const adaptation = `The object was asked for in the prompt alone: ${refusal}.`;
    return { mode: "prompt", fields: {}, adaptations: [...passed, adaptation] };
  }
  const adaptation = `Thinking was turned off for this request: ${refusal}.`;
  return { mode, fields: model.thinking.off, adaptations: [...passed, adaptation] };
}

import { withInstruction } from "../chat/instruction.ts";
import type { ChatRequest } from "../chat/request.ts";
import type { Provider } from "../snapshot.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { ObjectMode } from "./mode.ts";
import { chooseMode } from "./mode.ts";
import type { Shape } from "./shape.ts";
import { strictSchema } from "./strict-schema.ts";
import { isPlainObjectSchema, toldSchema } from "./told.ts";

/** How models are told of an object, whoever is asked. */
export type Wish = {
  readonly name: string;
  readonly description: string | null;
  readonly mode: ObjectMode | null;
  readonly told: JsonSchema | null;
  readonly strict: JsonSchema | null;
};

/** The wish for an object of this shape. */
export function wishFor(shape: Shape, about: Pick<Wish, "name" | "description" | "mode">): Wish {
  const told = shape.json === null ? null : toldSchema(shape.json);
  return { ...about, told, strict: told === null ? null : strictSchema(told) };
}

/** A request for an object, in the way that one provider takes. */
export type Asked = {
  readonly mode: ObjectMode;
  readonly request: ChatRequest;
  readonly adaptations: readonly string[];
};

/** Asks a provider for an object in the surest way it is known to take. */
export function askFor(
  request: ChatRequest,
  provider: Provider,
  wish: Wish,
  refused: ObjectMode | null,
): Asked {
  const { told } = wish;
  const askable = { plain: told !== null && isPlainObjectSchema(told), known: told !== null };
  const wishes = { wanted: wish.mode, refused };
  const { mode, fields, adaptations } = chooseMode(request, provider, askable, wishes);
  const asked = { ...request, ...fields, ...formOf(wish, mode) };
  const inWords = mode === "prompt" || mode === "json_object";
  const messages = inWords
    ? withInstruction(request.messages, instruction(wish))
    : request.messages;
  return { mode, request: { ...asked, messages }, adaptations };
}

function formOf({ name, description, told, strict }: Wish, mode: ObjectMode): Partial<ChatRequest> {
  const about = { name, ...(description !== null && { description }) };
  switch (mode) {
    case "json_schema": {
      const held = { strict: strict !== null, schema: strict ?? told };
      return { response_format: { type: "json_schema", json_schema: { ...about, ...held } } };
    }
    case "json_object":
      return { response_format: { type: "json_object" } };
    case "tool":
      return {
        tools: [{ type: "function", function: { ...about, parameters: told ?? {} } }],
        tool_choice: { type: "function", function: { name } },
      };
    case "prompt":
      return {};
  }
}

function instruction({ name, description, told }: Wish): string {
  return [
    "Answer with one JSON object and nothing else: no explanation, no code fence.",
    ...(description === null ? [] : [`The object is ${name}: ${description}`]),
    ...(told === null ? [] : [`It must match this JSON Schema: ${JSON.stringify(told)}`]),
  ].join("\n");
}

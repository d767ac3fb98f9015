import { withInstruction } from "../../chat/instruction.ts";
import { isObject } from "../json.ts";
import type { Draft } from "./draft.ts";

/** Asks for plain JSON, with the schema in words, where the target takes no `json_schema`. */
export function adaptResponseFormat(draft: Draft): void {
  const { fields, adaptations, model, host, provider } = draft;
  const format = fields["response_format"];
  const known = model.jsonSchema && host.jsonSchema;
  const taken = known || provider.capabilities?.includes("json_schema") === true;
  if (taken || !isObject(format) || format["type"] !== "json_schema") return;
  const described = format["json_schema"];
  const schema = isObject(described) ? described["schema"] : undefined;
  fields["response_format"] = { type: "json_object" };
  const instruction =
    "Answer with one JSON object and nothing else." +
    (schema === undefined ? "" : ` It must match this JSON Schema: ${JSON.stringify(schema)}`);
  draft.messages = withInstruction(draft.messages, instruction);
  adaptations.push(
    `json_schema became json_object, with the schema as an instruction: ${provider.model} ` +
      "takes no schema, so nothing makes the answer match it.",
  );
}

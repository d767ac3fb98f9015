import type {
  ChatRequest,
  GenerateOptions,
  JsonSchema,
  LLMConfigManager,
  ObjectAnswer,
} from "../index.ts";
import { paintNote, safeText, writeJson, writeNote, writeOut } from "./terminal.ts";

/** Asks for an object by a JSON Schema and prints it, with `json` the whole answer. */
export async function printObject(
  manager: LLMConfigManager,
  request: ChatRequest,
  options: GenerateOptions & { readonly schema: JsonSchema },
  { json, onContent }: { readonly json: boolean; readonly onContent: () => void },
): Promise<ObjectAnswer> {
  const answer = await manager.generateObject(request, options);
  onContent();
  if (json) await writeJson(answer);
  else await writeOut(`${safeText(JSON.stringify(answer.object, null, 2))}\n`);
  for (const note of answer.notes) writeNote(paintNote("yellow", `${answer.provider}: ${note}`));
  return answer;
}

import { bearerOf } from "./credentials.ts";
import { listedModels } from "./models.ts";
import type { LabProvider } from "./provider.ts";
import type { LabReply } from "./reply.ts";
import type { LabRequest } from "./request.ts";
import type { Telling } from "./telling.ts";
import { refusalReply, wholeReply } from "./whole-reply.ts";

/** Whether a request asks for the list of models: no turn of a script is spent on it. */
export function asksForModels({ method, path }: LabRequest): boolean {
  return method === "GET" && paths.has(path.replace(/\?.*$/, ""));
}

const paths = new Set(["/models", "/v1/models", "/compatible-mode/v1/models"]);

/** The models a provider serves, in OpenAI's form (api-docs.deepseek.com/api/list-models). */
export function modelList(request: LabRequest, provider: LabProvider, telling: Telling): LabReply {
  if (bearerOf(request) !== provider.key) {
    const message = "Incorrect API key provided.";
    return refusalReply({ status: 401, code: "invalid_api_key", message }, telling);
  }
  const data = listedModels(provider).map((id) => ({
    id,
    object: "model",
    owned_by: provider.vendor,
  }));
  const body = JSON.stringify({ object: "list", data });
  return wholeReply(200, { "content-type": "application/json" }, body, telling);
}

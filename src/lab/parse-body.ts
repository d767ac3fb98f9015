import { asObject, type JsonObject } from "./json.ts";

/** The body as an object, or `null` where it is no JSON object. */
export function parseBody(body: string): JsonObject | null {
  try {
    return asObject(JSON.parse(body) as unknown);
  } catch {
    return null;
  }
}

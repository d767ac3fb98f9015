import type { Fault, WrongShape } from "./fault.ts";
import { asObject, type JsonObject } from "./json.ts";

/** A body or an event with its shape changed, where the fault is one of shape. */
export function spoilShape(data: JsonObject, fault: Fault | null): JsonObject {
  if (fault?.type !== "wrong_shape") return data;
  const output = asObject(data["output"]);
  return output === null
    ? (change(data, fault.shape) as JsonObject)
    : whole(data, change(output, fault.shape), fault.shape);
}

function whole(data: JsonObject, changed: unknown, shape: WrongShape): JsonObject {
  const alone = shape === "list_body" || shape === "text_body";
  return (alone ? changed : { ...data, output: changed }) as JsonObject;
}

/** `holder` is what holds `choices`, or DashScope's bare `text`. */
function change(holder: JsonObject, shape: WrongShape): unknown {
  const field = "text" in holder ? "text" : "choices";
  const { [field]: inside, ...rest } = holder;
  switch (shape) {
    case "choices_null":
      return { ...holder, [field]: null };
    case "choices_empty":
      return { ...holder, [field]: [] };
    case "choices_missing":
      return rest;
    case "list_body":
      return [holder];
    case "text_body":
      return "(simulated) this is no answer";
    case "content_null":
    case "message_missing":
      return { ...holder, [field]: Array.isArray(inside) ? inside.map(part(shape)) : null };
  }
}

function part(shape: "content_null" | "message_missing"): (choice: unknown) => unknown {
  return (choice) => {
    const { message, delta, ...rest } = asObject(choice) ?? {};
    if (shape === "message_missing") return rest;
    return message === undefined
      ? { ...rest, delta: { ...asObject(delta), content: null } }
      : { ...rest, message: { ...asObject(message), content: null } };
  };
}

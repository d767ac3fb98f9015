import type { Answer } from "../chat/answer.ts";
import type { ChatRequest } from "../chat/request.ts";
import { requestOptionNames, unknownName } from "../options.ts";
import { LLMProviderError } from "../provider-error.ts";
import type { Review } from "../request/review.ts";
import { wishFor } from "./ask.ts";
import type { KnownForms } from "./known-forms.ts";
import { objectModes } from "./mode.ts";
import type { ObjectAnswer } from "./object-answer.ts";
import type { ObjectOptions } from "./options.ts";
import { objectNames } from "./options.ts";
import { createObjectReview } from "./review.ts";
import { SchemaProblem, shapeOf } from "./shape.ts";

/**
 * One object, checked, by a request that `run` makes under a review. Rejects with
 * LLMProviderError: `bad_request` before anybody is asked where the arguments are wrong.
 */
export async function generateObject(
  request: ChatRequest,
  options: ObjectOptions,
  forms: KnownForms,
  run: (review: Review) => Promise<Answer>,
): Promise<ObjectAnswer> {
  const problem = requestProblem(request) ?? optionProblem(options);
  if (problem !== null) throw refusal(problem);
  const { schema, jsonSchema, name = "answer", description = null, mode = null } = options;
  const shape = await shapeOf(schema, jsonSchema).catch((error: unknown) => {
    throw error instanceof SchemaProblem ? refusal(error.message) : error;
  });
  const wish = wishFor(shape, { name, description, mode });
  const review = createObjectReview(request, {
    shape,
    wish,
    forms,
    repair: options.repair !== false,
  });
  const answer = await run(review);
  const got = review.got();
  if (got === null) throw new Error("An answer that was accepted holds its object.");
  const { object, source, raw, notes } = got;
  return { ...answer, object, source, raw, mode: got.mode, notes };
}

/** What the object is asked for with, so that a request cannot say it too. */
const own = ["response_format", "tools", "tool_choice", "functions", "function_call"];

function requestProblem(request: ChatRequest): string | null {
  if (typeof request !== "object" || request === null) return null;
  const named = own.find((name) => request[name] !== undefined);
  return named === undefined
    ? null
    : `Remove \`${named}\` from the request: generateObject() asks each provider in its own way.`;
}

function optionProblem(options: ObjectOptions | undefined): string | null {
  const { schema, name, description, mode, repair } = options ?? {};
  const unknown = unknownName(options ?? {}, [...objectNames, ...requestOptionNames]);
  if (unknown !== null) return unknown;
  if (schema === undefined) return "Give a `schema`: it says what the object must be.";
  if (name !== undefined && !(typeof name === "string" && /^[\w-]{1,64}$/u.test(name))) {
    return "`name` must be 1 to 64 letters, digits, _ or -.";
  }
  if (description !== undefined && typeof description !== "string") {
    return "`description` must be a text.";
  }
  if (mode !== undefined && !objectModes.includes(mode)) {
    return `\`mode\` must be one of ${objectModes.join(", ")}.`;
  }
  return repair === undefined || typeof repair === "boolean"
    ? null
    : "`repair` must be true or false.";
}

function refusal(message: string): LLMProviderError {
  return new LLMProviderError({ kind: "bad_request", message });
}

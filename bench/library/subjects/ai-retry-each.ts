import { createRetryableModel } from "ai-retry/language-model";
import { generateAnswer, modelAt, streamAnswer } from "../ai-sdk.ts";
import type { CreateSubject } from "../subject.ts";

/** As ai-retry, the retryable model made anew for each call: it keeps the state of one call. */
export const create: CreateSubject = ({ well, failing }) => {
  const first = modelAt(failing, "first");
  const second = modelAt(well, "second");
  const healthy = () => createRetryableModel({ model: second, retries: [first] });
  const unhealthy = () => createRetryableModel({ model: first, retries: [second] });
  return {
    answer: (question) => generateAnswer(healthy(), question),
    failover: (question) => generateAnswer(unhealthy(), question),
    stream: (question) => streamAnswer(healthy(), question),
  };
};

import { generateAnswer, modelAt, streamAnswer } from "../ai-sdk.ts";
import type { CreateSubject } from "../subject.ts";

/** The AI SDK with its OpenAI-compatible provider; a second model in a `catch`. */
export const create: CreateSubject = ({ well, failing }) => {
  const first = modelAt(failing, "first");
  const second = modelAt(well, "second");
  return {
    answer: (question) => generateAnswer(second, question),
    failover: (question) =>
      generateAnswer(first, question).catch(() => generateAnswer(second, question)),
    stream: (question) => streamAnswer(second, question),
  };
};

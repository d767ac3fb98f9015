import type { Answer, AnswerStream } from "../index.ts";
import { safeText, writeJson, writeOut } from "./terminal.ts";

/** Prints the text of an answer as it comes; rejects as the stream does. */
export async function streamText(
  stream: AnswerStream,
  beforeText: () => Promise<void> | void,
): Promise<Answer> {
  let last = "";
  try {
    for await (const delta of stream) {
      if (delta.type !== "text" && delta.type !== "refusal") continue;
      if (delta.text === "") continue;
      if (last === "") await beforeText();
      last = delta.text;
      await writeOut(safeText(delta.text));
    }
  } catch (error) {
    // An error on the same terminal is to begin on a line of its own; a pipe gets what came.
    if (last !== "" && !last.endsWith("\n") && process.stdout.isTTY) await writeOut("\n");
    throw error;
  }
  if (!last.endsWith("\n")) await writeOut("\n");
  return await stream.answer;
}

/** Prints each piece of an answer as a line of JSON, then the whole; rejects as it does. */
export async function streamJson(stream: AnswerStream, onContent: () => void): Promise<Answer> {
  for await (const delta of stream) {
    onContent();
    await writeJson(delta, 0);
  }
  const answer = await stream.answer;
  await writeJson({ type: "answer", answer }, 0);
  return answer;
}

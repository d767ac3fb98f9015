import type { Message } from "./request.ts";

/** The messages with one more instruction, in the first place: some vendors take it only there. */
export function withInstruction(
  messages: readonly Message[],
  instruction: string,
): readonly Message[] {
  const [first, ...rest] = messages;
  if (first?.role === "system" && typeof first.content === "string") {
    return [{ ...first, content: `${first.content}\n\n${instruction}` }, ...rest];
  }
  return [{ role: "system", content: instruction }, ...messages];
}

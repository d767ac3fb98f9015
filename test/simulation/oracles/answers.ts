import { LLMProviderError } from "../../../src/index.ts";
import type { Oracle } from "../story.ts";
import { about } from "../story.ts";

/** An answer reported complete is one provider's text, whole; a stream's reader saw just that. */
export const answersAreWhole: Oracle = (story) =>
  story.told.flatMap((one) => {
    const { answer, error, seen, stream } = one;
    if (answer === null) {
      if (!(error instanceof LLMProviderError)) return about(one, `failed with ${String(error)}`);
      const { partial: had } = error;
      if (error.committed !== (had !== null)) return about(one, "committed without a partial");
      if (had !== null && had.text + had.reasoning + had.refusal === "") {
        return about(one, "committed before there was content");
      }
      const partial = had?.text ?? "";
      const told = stream && error.kind !== "aborted" && seen !== partial;
      return told ? about(one, `saw ${seen} and was told ${partial}`) : [];
    }
    const whole = story.replyOf(answer.provider, one.number);
    const cut = answer.finishReason === "length" && whole.startsWith(answer.text);
    if (answer.text !== whole && !cut) return about(one, `was told ${answer.text}`);
    return stream && seen !== answer.text ? about(one, `saw ${seen}`) : [];
  });

/** What a broken stream's reader saw is the beginning of one provider's text. */
export const nothingIsSpliced: Oracle = (story) =>
  story.told.flatMap((one) => {
    if (one.error === null || one.seen === "") return [];
    const provider = one.error.provider ?? "";
    const whole = story.replyOf(provider, one.number);
    return whole.startsWith(one.seen) ? [] : about(one, `saw ${one.seen}`);
  });

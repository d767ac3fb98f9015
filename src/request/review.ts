import type { Content } from "../chat/answer.ts";
import type { ChatRequest } from "../chat/request.ts";
import type { Failure } from "../failure.ts";
import type { Provider } from "../snapshot.ts";

/** What an answer must be beside complete: how each provider is asked for it, and the judgement. */
export type Review = {
  /** What a provider is sent now: with an answer of its own that was wrong, where it made one. */
  ask(provider: Provider): {
    readonly request: ChatRequest;
    readonly adaptations: readonly string[];
  };
  /** What an attempt came to after all; `null`: the answer is right. Never rejects. */
  judge(provider: Provider, content: Content, failure: Failure | null): Promise<Failure | null>;
  /** What asking in this way adds to the prompt: an estimate, in tokens. */
  readonly estimatedTokens: number;
  /** The latest answer that was not right. */
  refused(): Content | null;
};

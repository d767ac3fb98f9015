import type { Content } from "../chat/answer.ts";
import type { ChatRequest } from "../chat/request.ts";
import type { Failure } from "../failure.ts";
import type { Review } from "../request/review.ts";
import type { Provider } from "../snapshot.ts";
import type { Wish } from "./ask.ts";
import { askFor } from "./ask.ts";
import type { KnownForms } from "./known-forms.ts";
import type { ObjectMode } from "./mode.ts";
import type { Reading } from "./read.ts";
import { readObject } from "./read.ts";
import type { Wrong } from "./repair.ts";
import { repairOf, roomFor } from "./repair.ts";
import type { Shape } from "./shape.ts";

/** The object of a request that was answered rightly, and how it came about. */
export type Got = Extract<Reading, { right: true }> & {
  readonly source: "model" | "repaired";
  readonly mode: ObjectMode;
};

/** The review of one request for an object; `got` holds it once an answer was right. */
export type ObjectReview = Review & { got(): Got | null };

/** What a request for an object goes by. */
export type ReviewTerms = {
  readonly shape: Shape;
  readonly wish: Wish;
  readonly repair: boolean;
  /** Shared by the requests of a manager. */
  readonly forms: KnownForms;
};

/** A review in which nothing has been asked yet. */
export function createObjectReview(
  request: ChatRequest,
  { shape, wish, repair, forms }: ReviewTerms,
): ObjectReview {
  const wrongs = new Map<string, Wrong>();
  const cutAt = new Set<string>();
  const refusedAt = new Map<string, ObjectMode>();
  let mode: ObjectMode = "prompt";
  let refused: Content | null = null;
  let got: Got | null = null;

  async function judge({ name }: Provider, content: Content): Promise<Failure | null> {
    const repaired = wrongs.has(name);
    const reading = await readObject(content, shape);
    if (reading.right) {
      got = { ...reading, source: repaired ? "repaired" : "model", mode };
      return null;
    }
    refused = content;
    if (content.refusal !== "" && reading.raw.trim() === "") return refusal;
    const { issues, cut } = reading;
    wrongs.set(name, { content, issues, cut });
    return { kind: "malformed", message: wording(reading), repair: repair && !repaired };
  }

  return {
    ask(provider) {
      const refusedForm = refusedAt.get(provider.name) ?? forms.refusedBy(provider);
      const asked = askFor(request, provider, wish, refusedForm);
      mode = asked.mode;
      const wrong = wrongs.get(provider.name);
      const next = wrong === undefined ? asked.request : repairOf(asked.request, wrong);
      const room = cutAt.has(provider.name) ? roomFor(request, provider) : null;
      if (room === null) return { request: next, adaptations: asked.adaptations };
      const adaptation = `max_tokens was raised to ${room}: an answer had been cut.`;
      const adaptations = [...asked.adaptations, adaptation];
      return { request: { ...next, max_tokens: room }, adaptations };
    },
    async judge(provider, content, failure) {
      if (content.finishReason === "length") cutAt.add(provider.name);
      if (failure !== null && failure.kind === "bad_request" && isAboutForm(failure, mode)) {
        refusedAt.set(provider.name, mode);
        return { ...failure, repair: true };
      }
      if (failure !== null) return failure;
      // An answer in a weaker form: it was the form that was refused, and not the request.
      const form = refusedAt.get(provider.name);
      if (form !== undefined) forms.keep(provider, form);
      try {
        return await judge(provider, content);
      } catch (error) {
        refused = content;
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        const message = `The schema's own check threw (${reason.slice(0, 200)}); mend the schema.`;
        return { kind: "bad_request", message };
      }
    },
    estimatedTokens: Math.ceil(JSON.stringify(wish.told ?? {}).length / 4),
    refused: () => refused,
    got: () => got,
  };
}

// A server that nobody knows says only by refusing what it does not take.
function isAboutForm({ message }: Failure, mode: ObjectMode): boolean {
  const words = /response.?format|json.?(schema|object|mode)|structured|grammar|tool/iu;
  return mode !== "prompt" && words.test(message);
}

const refusal: Failure = {
  kind: "content_filtered",
  message: "The model refused to answer; look at what it was asked.",
};

function wording({ issues, cut }: Extract<Reading, { right: false }>): string {
  const what = `The answer is not the object that was asked for: ${issues.join("; ")}`;
  return `${what}${cut ? "; raise max_tokens" : ""}.`;
}

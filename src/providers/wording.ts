import type { FailureKind } from "../failure.ts";
import { scrub } from "./scrub.ts";

type Words = { readonly what: string; readonly advice: string };

/** What each kind of failure says, and what it asks a person to do. */
const wording: Readonly<Partial<Record<FailureKind, Words>>> = {
  network: {
    what: "The provider could not be reached",
    advice: "check the host in api_endpoint and the network",
  },
  timeout: {
    what: "The provider gave up waiting for its own model",
    advice: "try again, or ask for less",
  },
  server: { what: "The provider failed", advice: "try again later" },
  overloaded: { what: "The provider is overloaded", advice: "try again later" },
  rate_limited: {
    what: "The provider takes no more requests for now",
    advice: "wait, or send fewer",
  },
  quota: {
    what: "The account has no quota left",
    advice: "look at its plan, balance and limits in the provider's console",
  },
  auth: { what: "The provider refused the key", advice: "check api_key and what it may do" },
  model_not_found: {
    what: "The provider does not know the model",
    advice: "check model_name and api_endpoint",
  },
  malformed: { what: "The reply is not an answer", advice: "try again" },
  context_length: {
    what: "The request is too long for the model",
    advice: "shorten it, or ask a model with a larger context window",
  },
  content_filtered: {
    what: "The provider's content filter stopped it",
    advice: "change the request, or allow another provider to be asked",
  },
  bad_request: {
    what: "The provider refused the request as wrong",
    advice: "look at its parameters",
  },
};

const quoteMax = 200;

/** What a row of a table says otherwise than its kind. */
export type OwnWords = { readonly what?: string; readonly advice?: string };

/** One sentence on a failure: what happened, the vendor's own words in short, and what to do. */
export function sayFailure(kind: FailureKind, vendorMessage: string, own: OwnWords = {}): string {
  const words = wording[kind] ?? { what: "The request failed", advice: "try again" };
  // A refusal of a key can quote a part of the key.
  const quoted = kind === "auth" ? "" : quote(vendorMessage);
  return `${own.what ?? words.what}${quoted}; ${own.advice ?? words.advice}.`;
}

function quote(message: string): string {
  const short = scrub(message, quoteMax);
  return short === "" || short.startsWith("<") ? "" : ` ("${short}")`;
}

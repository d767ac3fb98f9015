import type { AnswerCause } from "./diagnosis.ts";
import type { Finding, Words } from "./finding.ts";
import { asLimit, fileKey, hostOf, marks, quote } from "./finding.ts";
import { keyWords } from "./key-words.ts";
import { sayModel } from "./model-words.ts";
import { sayPath } from "./path-words.ts";

/** What to say when a provider was reached, but did not answer as it should. */
export const answerWords: Readonly<Record<AnswerCause, (finding: Finding) => Words>> = {
  ...keyWords,
  wrong_path: sayPath,
  redirected: (finding) => ({
    message: `The provider only points elsewhere${marks(finding)}${destination(finding)}.`,
    advice:
      `Write the right address into ${fileKey(finding.provider, "api_endpoint")}: ` +
      "a request with a key is not sent on by itself.",
  }),
  not_an_api: (finding) => ({
    message: `A web page came instead of an answer${marks(finding)}.`,
    advice:
      `${fileKey(finding.provider, "api_endpoint")} leads to a web site: correct it; or sign in ` +
      "to this network first, if the page is its own.",
  }),
  model: sayModel,
  throttled: (finding) => ({
    message: `The provider takes no more requests for now${marks(finding)}${quote(finding)}.`,
    advice:
      `${wait(finding)}; to stay under its limit, set ` +
      `${fileKey(finding.provider, "rate_limit")}.`,
  }),
  overloaded: (finding) => ({
    message: `The provider is overloaded${marks(finding)}${quote(finding)}.`,
    advice: `Nothing is wrong on this side. ${again(finding)}`,
  }),
  server: (finding) => ({
    message: `The provider failed${marks(finding)}${quote(finding)}.`,
    advice: `Nothing is wrong on this side. ${again(finding)}`,
  }),
  silent: (finding) => ({
    message: `${hostOf(finding.provider)} was reached, but said nothing within ${limit(finding)}.`,
    advice: tooSlow(finding),
  }),
  stalled: (finding) => ({
    message: `The answer began, but did not come to its end within ${limit(finding)}.`,
    advice: tooSlow(finding),
  }),
  cut: (finding) => ({
    message: `The answer broke off before its end${marks(finding)}.`,
    advice:
      "Ask again; if it stays so, something on the way cuts answers: look at the proxy, and at " +
      "the server if it is yours.",
  }),
  malformed: (finding) => ({
    message:
      `The reply is no answer in the format ${finding.provider.protocol}${marks(finding)}: ` +
      `${firstClause(finding)}.`,
    advice:
      `Check ${fileKey(finding.provider, "api_endpoint")} and ` +
      `${fileKey(finding.provider, "protocol")}; if both are right, ask again.`,
  }),
  filtered: (finding) => ({
    message: `The provider's content filter stopped a greeting${marks(finding)}.`,
    advice:
      "Look at the filters in the provider's console, or at " +
      `${fileKey(finding.provider, "extra_body")} if they are set there.`,
  }),
  bad_request: (finding) => ({
    message: `The provider refused the request as wrong${marks(finding)}${quote(finding)}.`,
    advice:
      `Look at temperature, extra_body and protocol of providers.${finding.provider.name}: ` +
      "they decide what is sent.",
  }),
};

function firstClause({ failure }: Finding): string {
  const [clause = ""] = failure.message.replace(/\.$/, "").split(";");
  return clause.charAt(0).toLowerCase() + clause.slice(1);
}

function limit({ limitMs }: Finding): string {
  return asLimit(limitMs);
}

function again({ provider }: Finding): string {
  return `Run \`standin doctor ${provider.name}\` again in some minutes.`;
}

function wait({ failure, provider }: Finding): string {
  const { retryAfterMs } = failure;
  return retryAfterMs === undefined
    ? "Wait a minute"
    : `Wait ${asLimit(retryAfterMs)}, as ${provider.name} says`;
}

function tooSlow({ provider }: Finding): string {
  return (
    `Raise ${fileKey(provider, "timeout")} if its model is known to be slow (or is still ` +
    "loading); else the provider hangs: let another come first."
  );
}

// Without what follows a question mark, which may be anything.
function destination({ sighting, provider }: Finding): string {
  const url = URL.parse(sighting.headers["location"] ?? "", provider.endpoint);
  return url === null ? "" : `, to ${url.origin}${url.pathname}`;
}

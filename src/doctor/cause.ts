import type { Failure } from "../failure.ts";
import { readErrorBody } from "../providers/error-body.ts";
import type { Provider } from "../snapshot.ts";
import type { AnswerCause, WayCause } from "./diagnosis.ts";
import { isElsewhere } from "./regions.ts";
import { transportCause } from "./transport-cause.ts";
import type { Sighting } from "./witness.ts";

/** An exchange that failed. */
export type Failed = {
  readonly failure: Failure;
  readonly sighting: Sighting;
  readonly provider: Provider;
};

/** What an exchange can fail for. */
export type FailedCause = WayCause | AnswerCause | "interrupted";

/** What a failed exchange with a provider says is wrong. */
export function causeOf(failed: Failed): FailedCause {
  const { failure, sighting } = failed;
  switch (failure.kind) {
    case "network":
      return networkCause(failed);
    case "timeout":
      return timeoutCause(failure, sighting);
    case "auth":
      return authCause(failed);
    case "quota":
      return "credit";
    case "model_not_found":
      return missingCause(failure, sighting);
    case "rate_limited":
      return "throttled";
    case "overloaded":
      return "overloaded";
    case "malformed":
      return malformedCause(failure, sighting);
    case "content_filtered":
      return "filtered";
    case "bad_request":
      return refusalCause(failed);
    case "aborted":
      return "interrupted";
    case "server":
      return "server";
    case "context_length":
    case "unavailable":
    case "deadline":
      return "bad_request";
  }
}

function networkCause({ failure, sighting, provider }: Failed): FailedCause {
  const { status, connectedAt } = sighting;
  if (status === 407) return "proxy_key";
  if (status !== null && status >= 300) return "blocked";
  if (status !== null) return "cut";
  const secure = provider.endpoint.startsWith("https:");
  return transportCause(failure.code ?? "", { secure, connected: connectedAt !== null });
}

function timeoutCause({ status }: Failure, sighting: Sighting): FailedCause {
  // The vendor itself said that it gave up.
  if (status !== undefined) return "server";
  if (sighting.connectedAt === null) return "connect_timeout";
  return sighting.status === null ? "silent" : "stalled";
}

function authCause({ failure, provider }: Failed): FailedCause {
  if (isElsewhere(provider)) return "key_elsewhere";
  return failure.status === 403 || failure.scope === "key_model" ? "key_forbidden" : "key";
}

// One kind to the engine, which leaves the provider either way; a person mends two things.
function missingCause({ status }: Failure, sighting: Sighting): FailedCause {
  if (status !== undefined && status >= 300 && status < 400) return "redirected";
  if (status === 405) return "wrong_path";
  const { form, codes, message } = readErrorBody(sighting.body);
  if (form === "empty" || form === "html") return "wrong_path";
  const words = [...codes, message].join(" ");
  return /model|deployment/i.test(words) || codes.includes("NotFound") ? "model" : "wrong_path";
}

function malformedCause({ code, message }: Failure, { body, headers }: Sighting): FailedCause {
  if (/^(Z_|ERR__?BROTLI|UND_ERR_RES_CONTENT)/.test(code ?? "")) return "cut";
  const text = body.trim();
  const type = headers["content-type"] ?? "";
  if (text.startsWith("<") || type.startsWith("text/html")) return "not_an_api";
  if (/\bcut\b/.test(message) || isHalfJson(text)) return "cut";
  return "malformed";
}

function isHalfJson(text: string): boolean {
  return /^[[{]/.test(text) && !/[\]}]$/.test(text);
}

function refusalCause({ failure, sighting, provider }: Failed): FailedCause {
  if (sighting.status === null) return transportCause(failure.code ?? "", sent(provider));
  if (/plain http request was sent to https/i.test(sighting.body)) return "tls_expected";
  const { message } = readErrorBody(sighting.body);
  return /\burl error\b/i.test(message) ? "wrong_path" : "bad_request";
}

const sent = ({ endpoint }: Provider) => ({
  secure: endpoint.startsWith("https:"),
  connected: false,
});

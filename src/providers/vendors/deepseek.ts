import type { FailureRow, VendorEndings } from "../failure-row.ts";
import { overlong } from "./overlong.ts";

const page = "api-docs.deepseek.com/quick_start/error_codes";
const recorded = "crmne/ruby_llm spec/fixtures/vcr_cassettes";

// Its code is `invalid_request_error` for almost everything: status, type and message decide.
const failures: readonly FailureRow[] = [
  ...overlong,
  {
    message: /content exists risk/i,
    kind: "content_filtered",
    evidence: "666ghj/BettaFish#108; deepseek-ai/DeepSeek-V2#30",
  },
  {
    message: /supported api model names are|model not exist/i,
    kind: "model_not_found",
    evidence: "raycast/extensions#29730",
  },
  { status: [401], kind: "auth", evidence: recorded },
  { code: /^authentication_error$/, kind: "auth", evidence: recorded },
  { status: [402], kind: "quota", evidence: `${page}; Aider-AI/aider#4851` },
  {
    message: /concurrency limit of \d+/i,
    kind: "rate_limited",
    advice: "send fewer requests at once; the limit shrinks with the account's balance",
    evidence: "tarigelamin1997/jobfetcher#42; api-docs.deepseek.com/quick_start/rate_limit",
  },
  { status: [429], kind: "rate_limited", evidence: page },
  { code: /^rate_limit_error$/, kind: "rate_limited", evidence: page },
  { message: /^insufficient balance/i, kind: "quota", evidence: "Aider-AI/aider#4851" },
  { status: [503], kind: "overloaded", evidence: page },
  { code: /^service_unavailable_error$/, kind: "overloaded", evidence: page },
  { status: [500, 502, 504], kind: "server", evidence: page },
  {
    status: [413],
    kind: "bad_request",
    advice: "send less in one request",
    evidence: "api-docs.deepseek.com/api/create-chat-completion",
  },
  {
    message: /reasoning_content.*must be passed back/i,
    kind: "bad_request",
    advice: "send the reasoning_content of earlier answers, or set thinking to off",
    evidence: "api-docs.deepseek.com/guides/thinking_mode",
  },
  { status: [400, 422], kind: "bad_request", evidence: page },
];

/** How DeepSeek says that something is wrong. */
export const deepseek: VendorEndings = {
  failures,
  finishes: { insufficient_system_resource: "overloaded", aborted: "overloaded" },
};

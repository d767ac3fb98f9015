import type { FailureRow, VendorEndings } from "../failure-row.ts";

const pathAdvice =
  "check that api_endpoint is the whole path, such as …/v1/chat/completions, and model_name";

/** What a reply without an error of the vendor's own means: somebody else answered. */
export const strangers: readonly FailureRow[] = [
  {
    status: [404, 405, 301, 302, 303, 307, 308],
    form: ["empty", "html"],
    kind: "model_not_found",
    what: "Nothing is served at this path",
    advice: pathAdvice,
    evidence: "cline/cline#926",
  },
  {
    status: [403, 407],
    form: ["html"],
    kind: "network",
    what: "Something on the way to the provider refused the request",
    advice: "look at the network, its proxy and its firewall",
    evidence: "developers.cloudflare.com/support/troubleshooting/http-status-codes",
  },
];

const codes: readonly FailureRow[] = [
  {
    status: [400],
    message: /(incorrect|invalid) api[ _-]?key|api[ _-]?key not valid/i,
    kind: "auth",
    evidence: "crmne/ruby_llm spec/fixtures/vcr_cassettes (xai, gemini)",
  },
  {
    code: /^tool_use_failed$/,
    kind: "malformed",
    advice: "the model wrote a tool call that is none: ask again",
    evidence: "pydantic/pydantic-ai tests/models/cassettes/test_groq",
  },
  {
    code: /^(unavailable_error|overloaded_error|provider_overloaded|provider_unavailable)$/,
    kind: "overloaded",
    evidence: "openrouter.ai/docs/api/reference/errors-and-debugging; ggml-org/llama.cpp",
  },
  { code: /^payment_required$/, kind: "quota", evidence: "openrouter.ai/docs" },
];

const rfc = "RFC 9110";
const openaiPage = "developers.openai.com/api/docs/guides/error-codes";

const statuses: readonly FailureRow[] = [
  { status: [401, 403], kind: "auth", evidence: `${rfc}; ${openaiPage}` },
  { status: [402], kind: "quota", evidence: rfc },
  {
    status: [404, 405, 410, 301, 302, 303, 307, 308],
    kind: "model_not_found",
    advice: pathAdvice,
    evidence: rfc,
  },
  { status: [408], kind: "timeout", evidence: `${rfc}; openai/openai-node src/client.ts` },
  { status: [413], kind: "bad_request", advice: "send less in one request", evidence: rfc },
  { status: [429], kind: "rate_limited", evidence: `${rfc}; ${openaiPage}` },
  { status: [498], kind: "overloaded", evidence: "console.groq.com/docs/flex-processing" },
  { status: [503, 529], kind: "overloaded", evidence: `${rfc}; docs.anthropic.com/en/api/errors` },
];

/** What is asked when a vendor's own table knows nothing; then the class of the status decides. */
export const anyVendor: VendorEndings = {
  failures: [...codes, ...statuses],
  finishes: {
    stop: "stop",
    eos: "stop",
    end_turn: "stop",
    stop_sequence: "stop",
    length: "length",
    max_tokens: "length",
    model_length: "length",
    tool_calls: "tool_calls",
    function_call: "tool_calls",
    content_filter: "content_filtered",
  },
};

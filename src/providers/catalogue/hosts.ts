import type { Protocol, Vendor } from "../../snapshot.ts";

/** What a stream of an OpenAI-like host ends with: `[DONE]`, or its finish and the close. */
export type EndMark = "done" | "finish";

/** The header that carries the key. */
export type KeyHeader = "authorization" | "api-key";

/** The field that bounds an answer; the older name means something else on models that think. */
export type MaxTokensField = "max_tokens" | "max_completion_tokens";

/** What is known of the hosts of one name pattern. */
export type HostRow = {
  readonly host: RegExp;
  readonly vendor: Vendor;
  /** What a bare host means: the protocol, and the path that is added. */
  readonly bare: { readonly protocol: Protocol; readonly path: string };
  readonly endMark: EndMark;
  readonly keyHeader: KeyHeader;
  /** The variables that usually hold its key; `null`: the vendor's, whose host it is. */
  readonly keyVariables: readonly string[] | null;
  readonly maxTokensField: MaxTokensField;
  /** Whether messages may have the role `developer`. */
  readonly developerRole: boolean;
  /** Whether models that know it are served with a `response_format` of `json_schema` here. */
  readonly jsonSchema: boolean;
  readonly evidence: string;
};

/** Where native DashScope text requests go. */
export const nativeTextPath = "/api/v1/services/aigc/text-generation/generation";

/** Where native DashScope requests of the multimodal family go. */
export const nativeMultimodalPath = "/api/v1/services/aigc/multimodal-generation/generation";

const usual = {
  endMark: "done",
  keyHeader: "authorization",
  keyVariables: null,
  maxTokensField: "max_tokens",
  developerRole: false,
  jsonSchema: true,
} as const;

const openai = { maxTokensField: "max_completion_tokens", developerRole: true } as const;

/** The known hosts; the first row that matches counts. */
export const hosts: readonly HostRow[] = [
  {
    host: /^(coding|coding-intl)\.dashscope\.aliyuncs\.com$/,
    vendor: "qwen",
    bare: { protocol: "openai_chat", path: "/v1/chat/completions" },
    ...usual,
    evidence: "help.aliyun.com/zh/model-studio/base-url",
  },
  {
    host: /(^|[.-])dashscope-intl\.aliyuncs\.com$/,
    vendor: "qwen",
    bare: { protocol: "dashscope", path: nativeTextPath },
    ...usual,
    jsonSchema: false,
    evidence: "help.aliyun.com/zh/model-studio/base-url, /json-mode (regions)",
  },
  {
    host: /(^|[.-])dashscope(-[a-z]+)?\.aliyuncs\.com$|\.maas\.aliyuncs\.com$/,
    vendor: "qwen",
    bare: { protocol: "dashscope", path: nativeTextPath },
    ...usual,
    evidence: "help.aliyun.com/zh/model-studio/base-url",
  },
  {
    host: /(^|\.)deepseek\.com$/,
    vendor: "deepseek",
    bare: { protocol: "openai_chat", path: "/chat/completions" },
    ...usual,
    evidence: "api-docs.deepseek.com",
  },
  {
    host: /\.(openai|services\.ai|cognitiveservices)\.azure\.com$/,
    vendor: "openai",
    bare: { protocol: "openai_chat", path: "/openai/v1/chat/completions" },
    ...usual,
    ...openai,
    keyHeader: "api-key",
    keyVariables: ["AZURE_OPENAI_API_KEY"],
    evidence: "learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle",
  },
  {
    host: /(^|\.)openai\.com$/,
    vendor: "openai",
    bare: { protocol: "openai_chat", path: "/v1/chat/completions" },
    ...usual,
    ...openai,
    evidence: "developers.openai.com/api/reference",
  },
  {
    host: /^api\.perplexity\.ai$/,
    vendor: "openai",
    bare: { protocol: "openai_chat", path: "/chat/completions" },
    ...usual,
    endMark: "finish",
    keyVariables: ["PERPLEXITY_API_KEY"],
    evidence: "perplexityai/api-discussion#209",
  },
];

/** What is taken for a host that nobody knows. */
export const unknownHost: HostRow = {
  host: /^/,
  vendor: "openai",
  bare: { protocol: "openai_chat", path: "/v1/chat/completions" },
  ...usual,
  evidence: "most servers follow OpenAI's paths",
};

/** What a path gives away where the host says nothing, as a proxy's path does. */
export const pathEvidence: readonly { readonly path: RegExp; readonly vendor: Vendor }[] = [
  { path: /\/services\/aigc\/|\/compatible-mode(\/|$)|\/(dashscope|qwen)(\/|$)/, vendor: "qwen" },
  { path: /\/deepseek(\/|$)/, vendor: "deepseek" },
];

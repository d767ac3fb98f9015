/** A vendor whose address is known, so that only its key is missing. */
export type ProviderPreset = {
  readonly name: string;
  readonly endpoint: string;
  /** What is asked if nobody says; `null`: nothing that everybody has. */
  readonly model: string | null;
  /** The variable that usually holds the key; `null`: no key is needed. */
  readonly keyVariable: string | null;
  /** What else an entry of it needs, by the names the file has. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly evidence: string;
};

// An answer of 150 tokens would be spent on thought alone.
const unbounded = { max_tokens: null };

const nativeText = "/api/v1/services/aigc/text-generation/generation";

/** The vendors that `standin provider add` knows by name. */
export const providerPresets: readonly ProviderPreset[] = [
  {
    name: "qwen",
    endpoint: `https://dashscope.aliyuncs.com${nativeText}`,
    model: "qwen-flash",
    keyVariable: "DASHSCOPE_API_KEY",
    settings: {},
    evidence: "help.aliyun.com/zh/model-studio/qwen-api-via-dashscope, /base-url",
  },
  {
    name: "qwen-intl",
    endpoint: `https://dashscope-intl.aliyuncs.com${nativeText}`,
    model: "qwen-flash",
    keyVariable: "DASHSCOPE_API_KEY",
    settings: {},
    evidence: "alibabacloud.com/help/en/model-studio, /base-url: Singapore, with keys of its own",
  },
  {
    name: "deepseek",
    endpoint: "https://api.deepseek.com/chat/completions",
    model: "deepseek-flash",
    keyVariable: "DEEPSEEK_API_KEY",
    settings: {},
    evidence: "api-docs.deepseek.com, /quick_start/pricing",
  },
  {
    name: "openai",
    endpoint: "https://api.openai.com/v1/chat/completions",
    model: "gpt-5.4-mini",
    keyVariable: "OPENAI_API_KEY",
    settings: {},
    evidence: "developers.openai.com/api/reference, /api/docs/models",
  },
  {
    name: "moonshot",
    endpoint: "https://api.moonshot.cn/v1/chat/completions",
    model: "kimi-k2.6",
    keyVariable: "MOONSHOT_API_KEY",
    settings: { ...unbounded, temperature: null },
    evidence: "platform.kimi.com docs; promptfoo.dev/docs/providers/moonshot",
  },
  {
    name: "moonshot-intl",
    endpoint: "https://api.moonshot.ai/v1/chat/completions",
    model: "kimi-k2.6",
    keyVariable: "MOONSHOT_API_KEY",
    settings: { ...unbounded, temperature: null },
    evidence: "promptfoo.dev/docs/providers/moonshot: with keys of its own",
  },
  {
    name: "zhipu",
    endpoint: "https://open.bigmodel.cn/api/paas/v4/chat/completions",
    model: "glm-5",
    keyVariable: "ZHIPUAI_API_KEY",
    settings: unbounded,
    evidence: "docs.bigmodel.cn; java.agentscope.io/v2/en/integration/model/glm",
  },
  {
    name: "zai",
    endpoint: "https://api.z.ai/api/paas/v4/chat/completions",
    model: "glm-5",
    keyVariable: "ZAI_API_KEY",
    settings: unbounded,
    evidence: "docs.z.ai; docs.continue.dev/customize/model-providers/more/zai",
  },
  {
    name: "siliconflow",
    endpoint: "https://api.siliconflow.cn/v1/chat/completions",
    model: "deepseek-ai/DeepSeek-V4-Flash",
    keyVariable: "SILICONFLOW_API_KEY",
    settings: unbounded,
    evidence: "docs.siliconflow.cn/docs/userguide/quickstart, /docs/api/chat-completions-post",
  },
  {
    name: "openrouter",
    endpoint: "https://openrouter.ai/api/v1/chat/completions",
    model: "openrouter/auto",
    keyVariable: "OPENROUTER_API_KEY",
    settings: unbounded,
    evidence: "openrouter.ai/docs/quick-start, /openrouter/auto",
  },
  {
    name: "groq",
    endpoint: "https://api.groq.com/openai/v1/chat/completions",
    model: null,
    keyVariable: "GROQ_API_KEY",
    settings: {},
    evidence: "console.groq.com/docs/openai",
  },
  {
    name: "mistral",
    endpoint: "https://api.mistral.ai/v1/chat/completions",
    model: "mistral-small-latest",
    keyVariable: "MISTRAL_API_KEY",
    settings: {},
    evidence: "docs.mistral.ai; tryagi.github.io/Mistral/examples/test",
  },
  {
    name: "xai",
    endpoint: "https://api.x.ai/v1/chat/completions",
    model: null,
    keyVariable: "XAI_API_KEY",
    settings: {},
    evidence: "docs.x.ai/api; docs.agora.io/en/conversational-ai/models/llm/xai",
  },
  {
    name: "ollama",
    endpoint: "http://localhost:11434/v1/chat/completions",
    model: null,
    keyVariable: null,
    settings: { provider_type: "ollama" },
    evidence: "ollama.com/blog/openai-compatibility: a key is required and not looked at",
  },
];

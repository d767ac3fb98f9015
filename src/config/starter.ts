const dashscope = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";

/** The file `standin init` writes: two vendors, three providers, keys taken from variables. */
export const starterConfiguration = `{
  // Every request goes to the first provider that can answer; the others stand in for it, in order.
  // Durations are seconds. An empty key is taken from the vendor's usual variable, and a provider
  // whose variable is not set is left out; "env:NAME" names another variable, "file:/path" a file.
  // Check your changes with \`standin check\`.
  "providers": {
    "qwen": {
      "api_endpoint": "${dashscope}",
      "api_key": "", // from DASHSCOPE_API_KEY
      "model_name": "qwen-flash",
      "max_tokens": 150, // the longest answer; null leaves it to the vendor
      "temperature": 0.7,
      "timeout": 30, // of one attempt
      "retry_attempts": 3, // all tries here, the first too
    },
    "deepseek": {
      "api_endpoint": "https://api.deepseek.com/v1/chat/completions",
      "api_key": "", // from DEEPSEEK_API_KEY
      "model_name": "deepseek-flash",
      "max_tokens": 150,
      "temperature": 0.7,
      "timeout": 30,
      "retry_attempts": 3,
    },
    "qwen-plus": {
      "api_endpoint": "${dashscope}",
      "api_key": "", // from DASHSCOPE_API_KEY
      "model_name": "qwen-plus",
      "max_tokens": 150,
      "temperature": 0.7,
      "timeout": 30,
      "retry_attempts": 3,
    },
  },

  // How a request moves among them. Left out, each of these is worked out from the providers.
  // "failover": {
  //   "deadline": 60, // of the whole request
  //   "max_attempts": 6,
  //   "retry": "same_first", // or "switch_first": the next provider before another try
  // },
}
`;

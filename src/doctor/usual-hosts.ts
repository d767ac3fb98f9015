import { nearest } from "../config/edits.ts";

// As the vendors' own pages give them.
const usualHosts = [
  ...["dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com", "dashscope-us.aliyuncs.com"],
  ...["coding.dashscope.aliyuncs.com", "coding-intl.dashscope.aliyuncs.com"],
  ...["api.deepseek.com", "api.openai.com", "openrouter.ai", "api.moonshot.cn", "api.mistral.ai"],
  ...["api.groq.com", "api.x.ai", "open.bigmodel.cn", "api.siliconflow.cn", "api.perplexity.ai"],
];

/** The well-known host that a name is a slip of the pen away from; `undefined` if there is none. */
export function meantHost(hostname: string): string | undefined {
  const meant = nearest(hostname, usualHosts);
  return meant === hostname ? undefined : meant;
}

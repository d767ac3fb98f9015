import { deepseek } from "./vendors/deepseek.ts";
import { openai } from "./vendors/openai.ts";
import { qwen } from "./vendors/qwen.ts";
import type { Received } from "./dialect.ts";
import type { LabProvider } from "./provider.ts";
import type { LabRequest } from "./request.ts";

/** What the provider's vendor makes of a request: something to answer, or an error. */
export function receive(request: LabRequest, provider: LabProvider): Received {
  switch (provider.vendor) {
    case "qwen":
      return qwen(request, provider);
    case "deepseek":
      return deepseek(request, provider);
    case "openai":
      return openai(request, provider);
  }
}

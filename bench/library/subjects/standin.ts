import { LLMConfigManager } from "../../../src/index.ts";
import type { CreateSubject } from "../subject.ts";
import { settings } from "../subject.ts";

// A key written in the configuration would be warned of.
process.env["STANDIN_BENCH_KEY"] = settings.key;

function providerAt(baseUrl: string): object {
  return {
    api_endpoint: `${baseUrl}/chat/completions`,
    api_key: "env:STANDIN_BENCH_KEY",
    model_name: settings.model,
    max_tokens: settings.maxTokens,
    temperature: settings.temperature,
    protocol: "openai_chat",
    vendor: "openai",
  };
}

function managerOf(first: string, second: string): LLMConfigManager {
  return LLMConfigManager.from({
    providers: { first: providerAt(first), second: providerAt(second) },
    // The breaker is kept from opening: after five failures it would spare the failing provider
    // its turn, and the path through a failure would no longer be what is measured.
    failover: {
      retry: "switch_first",
      circuit_breaker: { failures: 1_000_000, min_samples: 1_000_000 },
    },
  });
}

/** Standin itself: two providers, no observer, a failure goes to the other one at once. */
export const create: CreateSubject = ({ well, failing }) => {
  const healthy = managerOf(well, failing);
  const unhealthy = managerOf(failing, well);
  return {
    answer: (question) => healthy.generateTextWithFailover(question),
    failover: (question) => unhealthy.generateTextWithFailover(question),
    async stream(question) {
      let text = "";
      const deltas = healthy.stream({ messages: [{ role: "user", content: question }] });
      for await (const delta of deltas) if (delta.type === "text") text += delta.text;
      return text;
    },
  };
};

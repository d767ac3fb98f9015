import type { LabConfiguration } from "../../src/lab/index.ts";

const variable = "STANDIN_BENCH_KEY";

/** A file of so many providers, its keys in the environment; two of the lab stand first. */
export function textOf(count: number, mark: number, lab?: LabConfiguration): string {
  process.env[variable] = "sk-test-bench";
  const first = Object.entries(lab?.providers ?? {}).map(
    ([name, entry]) => [name, { ...entry, max_tokens: mark }] as const,
  );
  const others = Array.from({ length: count - first.length }, (_, index) => {
    const one = {
      api_endpoint: `https://host-${index}.example.com/v1/chat/completions`,
      ...{ api_key: `env:${variable}`, model_name: "a-model", max_tokens: mark },
      ...{ temperature: 0.7, timeout: 30, retry_attempts: 3 },
    };
    return [`provider-${index}`, one] as const;
  });
  return JSON.stringify({ providers: Object.fromEntries([...first, ...others]) }, null, 2);
}

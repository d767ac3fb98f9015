/** What happens when the first provider throttles, and when it is down. */
import { LLMConfigManager } from "standin";
import type { AttemptReport } from "standin";
import { fault, startLab } from "standin/lab";

await using lab = await startLab();
await using manager = new LLMConfigManager({
  ...lab.configuration("qwen", "deepseek"),
  // Do not try a provider again while another one is left.
  failover: { retry: "switch_first", deadline: 20 },
});
const request = { messages: [{ role: "user" as const, content: "Are you there?" }] };

function show(title: string, attempts: readonly AttemptReport[]): void {
  console.log(title);
  for (const { provider, failure, durationMs } of attempts) {
    console.log(`  ${provider}: ${failure?.kind ?? "answered"} (${Math.round(durationMs)} ms)`);
  }
}

show("All is well:", (await manager.generate(request)).attempts);

await lab.script("qwen", [fault.status(503)]);
show("qwen is overloaded, once:", (await manager.generate(request)).attempts);

await lab.script("qwen", [fault.status(429, { retryAfter: 60 })]);
show("qwen throttles, for a minute:", (await manager.generate(request)).attempts);

// The minute is kept: qwen is not asked again before it is over.
show("deepseek is asked at once:", (await manager.generate(request)).attempts);

const { qwen } = manager.getProviderStatus().providers;
console.log(`qwen: ${qwen?.usable ? "usable" : qwen?.reason}`);

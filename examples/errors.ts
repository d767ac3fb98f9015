/** Everything that can go wrong is one of two errors, and each says what to do. */
import { LLMConfigManager, LLMConfigurationError, LLMProviderError } from "standin";
import { always, fault, startLab } from "standin/lab";

await using lab = await startLab();
await using manager = new LLMConfigManager({
  ...lab.configuration("qwen", "deepseek"),
  // Shorter waits than usual between tries, so that this does not take long.
  failover: { backoff: { base: 0.1, jitter: 0 } },
});
const request = { messages: [{ role: "user" as const, content: "Hello?" }] };

async function ask(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
  try {
    const answer = await manager.generate(request, { deadlineMs: 10_000, ...options });
    console.log("answer:", answer.text);
  } catch (error) {
    if (!(error instanceof LLMProviderError)) throw error;
    const { kind, failure, cause } = error;
    if (kind === "aborted") console.log("aborted:", cause instanceof Error && cause.message);
    else if (failure.retryAfterMs === undefined) console.log(`${kind}: ${failure.message}`);
    else console.log(`${kind}: come back in ${Math.ceil(failure.retryAfterMs / 1000)} s`);
    for (const attempt of error.attempts) {
      console.log(`  ${attempt.provider}: ${attempt.failure?.kind}`);
    }
  }
}

await lab.script("qwen", always(fault.status(500)));
await lab.script("deepseek", always(fault.refused()));
await ask();

await lab.heal();
await ask({ signal: AbortSignal.abort(new Error("the user left")) });

await lab.script("qwen", always(fault.status(429, { retryAfter: 120 })));
await lab.script("deepseek", always(fault.status(429, { retryAfter: 90 })));
await ask();
await ask();

try {
  LLMConfigManager.from({ providers: { qwen: { api_endpoint: "nowhere", time_out: 3 } } });
} catch (error) {
  if (!(error instanceof LLMConfigurationError)) throw error;
  console.log(error.message);
}

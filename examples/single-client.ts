/** One provider alone: no other one stands in, the rest works as ever. */
import { LLMConfigManager } from "standin";
import { startLab } from "standin/lab";

await using lab = await startLab();
const { endpoint, key, model } = lab.deepseek;

const client = LLMConfigManager.from({
  providers: {
    deepseek: {
      api_endpoint: endpoint, // https://api.deepseek.com/v1/chat/completions
      api_key: key, // "env:DEEPSEEK_API_KEY"
      model_name: model,
      vendor: "deepseek", // known by its host, but for the lab's
      timeout: 10,
    },
  },
});
console.log(await client.generateTextWithFailover("Are you alone?"));

// One of several can be asked alone, too.
await using manager = LLMConfigManager.from(lab.configuration("qwen", "deepseek"));
const request = { messages: [{ role: "user" as const, content: "Who is there?" }] };
const answer = await manager.generate(request, { provider: "deepseek", timeoutMs: 5_000 });
console.log(`${answer.provider}: ${answer.text}`);

await client.close();

/** One prompt, one answer, from whichever provider can give it. */
import { LLMConfigManager } from "standin";
import { startLab } from "standin/lab";

// The lab plays the providers, so that this runs without a key.
await using lab = await startLab();

// With a file of your own: new LLMConfigManager("config/llm_configuration.json")
await using manager = new LLMConfigManager(lab.configuration());

const text = await manager.generateTextWithFailover("What is a stand-in?", "Be brief.");
console.log(text);

// As much as there is to know about an answer: who gave it, what it took.
const answer = await manager.generate({
  messages: [{ role: "user", content: "And an understudy?" }],
  max_tokens: 40,
});
console.log(`${answer.provider} (${answer.model}): ${answer.text}`);
console.log(
  "finished because of",
  answer.finishReason,
  "with",
  answer.usage?.totalTokens,
  "tokens",
);

/** An answer as it comes, and what happens when it breaks off. */
import { LLMConfigManager, LLMProviderError } from "standin";
import { fault, startLab } from "standin/lab";

await using lab = await startLab({ providers: { qwen: { vendor: "qwen", deltaMs: 20 } } });
await using manager = new LLMConfigManager(lab.configuration());
const request = { messages: [{ role: "user" as const, content: "Count with me: one, two, …" }] };

const stream = manager.stream(request);
for await (const delta of stream) {
  if (delta.type === "text") process.stdout.write(delta.text);
}
const answer = await stream.answer;
console.log(`\n${answer.provider} finished because of ${answer.finishReason}`);

// Cut after some of the text: never a shorter answer that looks whole, never a second voice.
await lab.script("qwen", [fault.cut({ deltas: 3 })]);
try {
  for await (const delta of manager.stream(request)) {
    if (delta.type === "text") process.stdout.write(delta.text);
  }
} catch (error) {
  if (!(error instanceof LLMProviderError)) throw error;
  console.log(`\nbroken off: ${error.kind}, after ${error.partial?.text.length} characters`);
}

// Leaving the loop tells the provider to stop.
for await (const delta of manager.stream(request)) {
  if (delta.type === "text") break;
}
console.log("left early");

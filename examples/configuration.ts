/** The configuration while a program runs: read it, change it, break it, see how providers are. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LLMConfigManager, LLMConfigurationError } from "standin";
import { startLab } from "standin/lab";

await using lab = await startLab();
const folder = await mkdtemp(join(tmpdir(), "standin-"));
const file = join(folder, "llm_configuration.json");

// Keys stay out of the file: it names the variables that hold them.
process.env["QWEN_KEY"] = lab.qwen.key;
process.env["DEEPSEEK_KEY"] = lab.deepseek.key;
const { providers } = lab.configuration("qwen", "deepseek");
const qwen = { ...providers["qwen"], api_key: "env:QWEN_KEY" };
const deepseek = { ...providers["deepseek"], api_key: "env:DEEPSEEK_KEY" };

await writeFile(file, JSON.stringify({ providers: { qwen, deepseek } }, null, 2));
await using manager = new LLMConfigManager(file);
console.log("first:", manager.getCurrentProvider()?.providerName);
console.log("timeout of qwen:", manager.getProviderConfig("qwen")?.timeout, "s");
console.log("key of qwen:", manager.getProviderConfig("qwen")?.apiKeySource);

// The order of the file is the order of the requests.
await writeFile(file, JSON.stringify({ providers: { deepseek, qwen } }, null, 2));
const { changes } = await manager.reloadConfiguration();
for (const change of changes) console.log("changed:", change);
console.log("first now:", manager.getCurrentProvider()?.providerName);

// A bad file changes nothing.
await writeFile(file, '{\n  "providers": { "qwen": { "timeout": "soon" } }\n}');
try {
  await manager.reloadConfiguration();
} catch (error) {
  if (!(error instanceof LLMConfigurationError)) throw error;
  for (const { line, column, path, message } of error.problems) {
    console.log(`refused, line ${line}:${column}: ${path} ${message}`);
  }
}
console.log("still first:", manager.getCurrentProvider()?.providerName);

for (const [name, status] of Object.entries(manager.getProviderStatus().providers)) {
  console.log(`${name} (${status.model}): ${status.usable ? "usable" : status.reason}`);
}
await rm(folder, { recursive: true });

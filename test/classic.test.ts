import { afterEach, describe, expect, test } from "vitest";
import type { Event } from "../src/index.ts";
import { LLMConfigManager, LLMConfigurationError } from "../src/index.ts";
import type { Lab } from "../src/lab/index.ts";
import { always, fault, startLab } from "../src/lab/index.ts";

/** The configuration file as it has always been written, through the whole manager. */

const dashscope = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";
const classic = `{ "providers": {
    "qwen": { "provider_name": "qwen",
      "api_endpoint": "${dashscope}",
      "api_key": "your-qwen-api-key", "model_name": "qwen-turbo", "max_tokens": 150, "temperature": 0.7, "timeout": 30, "retry_attempts": 3 },
    "deepseek": { "provider_name": "deepseek", "api_endpoint": "https://api.deepseek.com/v1/chat/completions",
      "api_key": "your-deepseek-api-key", "model_name": "deepseek-chat", "max_tokens": 150, "temperature": 0.7, "timeout": 30, "retry_attempts": 3 } } }`;

const labs: Lab[] = [];
const managers: LLMConfigManager[] = [];
afterEach(async () => {
  for (const manager of managers.splice(0)) await manager.close({ graceMs: 0 });
  for (const made of labs.splice(0)) await made.close();
});

function open(text: string, variables: Readonly<Record<string, string>> = {}) {
  const bytes = new TextEncoder().encode(text);
  const events: Event[] = [];
  const manager = new LLMConfigManager("config/llm_configuration.json", {
    observers: [(event) => void events.push(event)],
    ports: {
      files: { readSync: () => bytes, read: () => Promise.resolve(bytes) },
      environment: { get: (name) => variables[name] },
    },
  });
  managers.push(manager);
  return { manager, events };
}

async function lab(settings: Parameters<typeof startLab>[0] = {}): Promise<Lab> {
  const made = await startLab(settings);
  labs.push(made);
  return made;
}

const withKeys = (text: string) =>
  text
    .replace("your-qwen-api-key", "sk-test-qwen")
    .replace("your-deepseek-api-key", "sk-test-deepseek");

/** The same file at another place: only the hosts are others, so the vendors must be said. */
function at({ providers }: Lab, text: string): string {
  return text
    .replace("https://dashscope.aliyuncs.com", providers["qwen"]?.origin ?? "")
    .replace("https://api.deepseek.com", providers["deepseek"]?.origin ?? "")
    .replace('"provider_name": "deepseek",', '"provider_name": "deepseek", "vendor": "deepseek",');
}

describe("with keys in place of its placeholders", () => {
  test("it loads unchanged, and warns of both retired models with what to use instead", () => {
    const { manager } = open(withKeys(classic));
    const { warnings } = manager.getProviderStatus().configuration;
    const told = warnings
      .map(({ path, message, hint }) => `${path}: ${message} ${hint}`)
      .join("\n");
    expect(told).toMatch(/qwen\.model_name: .*qwen-turbo.*2026-07-13[^]*qwen-flash/u);
    expect(told).toMatch(/deepseek\.model_name: .*deepseek-chat.*2026-07-24[^]*deepseek-flash/u);
    expect(manager.getCurrentProvider()).toMatchObject({
      providerName: "qwen",
      protocol: "dashscope",
      apiEndpoint: dashscope,
    });
  });

  test("it answers through both providers at a lab that knows no retired model", async () => {
    const here = await lab({ retiredModels: [] });
    const { manager } = open(at(here, withKeys(classic)));
    const request = { messages: [{ role: "user", content: "Hello" }] } as const;
    expect((await manager.generate(request)).provider).toBe("qwen");
    expect(await manager.generateTextWithFailover("Hello", "Be brief.")).toContain("simulated");
    await here.script("qwen", always(fault.status(401)));
    expect((await manager.generate(request)).provider).toBe("deepseek");
    expect((await manager.stream(request).answer).provider).toBe("deepseek");
  });

  test("at the default lab both end in model_not_found, as at the vendors", async () => {
    const here = await lab();
    const { manager } = open(at(here, withKeys(classic)));
    const error: unknown = await manager
      .generateTextWithFailover("Hello")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      failure: { kind: "model_not_found" },
      attempts: [
        { provider: "qwen", failure: { kind: "model_not_found" } },
        { provider: "deepseek", failure: { kind: "model_not_found" } },
      ],
    });
  });
});

describe("with its placeholders", () => {
  test("and no variable set it is refused with the names of the variables to set", () => {
    expect(() => open(classic)).toThrow(LLMConfigurationError);
    expect(() => open(classic)).toThrow(/DASHSCOPE_API_KEY[^]*DEEPSEEK_API_KEY/u);
  });

  test("and one variable set it works through that provider", async () => {
    const here = await lab({ retiredModels: [] });
    const { manager } = open(at(here, classic), { DEEPSEEK_API_KEY: "sk-test-deepseek" });
    const { providers } = manager.getProviderStatus();
    expect(providers["qwen"]).toMatchObject({ configured: false, usable: false });
    expect(manager.getCurrentProvider()?.providerName).toBe("deepseek");
    expect(await manager.generateTextWithFailover("Hello")).toContain("simulated deepseek");
  });
});

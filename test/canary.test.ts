import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";
import type { Event } from "../src/index.ts";
import { checkConfiguration, LLMConfigManager, LLMConfigurationError } from "../src/index.ts";
import { faultBodies, startLab } from "../src/lab/index.ts";

/** A key that must never be seen: neither whole nor in any piece that would give it away. */
const canary = "sk-test-CANARY-7f3a9c51d2e8";
const pieces = [canary, "CANARY", "7f3a9c51d2e8", Buffer.from(canary).toString("base64")];

const outputs: string[] = [];

function note(value: unknown): void {
  outputs.push(String(value), inspect(value, { depth: null, showHidden: true, getters: true }));
  outputs.push(JSON.stringify(value) ?? "");
  if (value instanceof Error) outputs.push(value.stack ?? "", inspect(value.cause));
}

const logger = Object.fromEntries(
  ["debug", "info", "warn", "error"].map((level) => [
    level,
    (fields: object, message: string) => {
      note(fields);
      note(message);
    },
  ]),
) as Record<"debug" | "info" | "warn" | "error", (fields: object, message: string) => void>;

afterAll(() => {
  expect(outputs.length).toBeGreaterThan(500);
  const leaks = outputs.filter((output) => pieces.some((piece) => output.includes(piece)));
  expect(leaks.map((leak) => leak.slice(0, 300))).toEqual([]);
});

test("no failure of any vendor, event, status or print of the manager shows a key", async () => {
  const vendors = ["qwen", "deepseek", "openai"] as const;
  const settings = Object.fromEntries(
    vendors.map((vendor) => [vendor, { vendor, key: canary }] as const),
  );
  const lab = await startLab({ providers: settings });
  const rows = faultBodies.map(({ before, vendor }) => ({ before, vendor }));
  const configuration = lab.configuration(...vendors);
  const events: Event[] = [];
  for (const { before, vendor } of rows) {
    const entry = configuration.providers[vendor];
    // A server that echoes the key it was sent is not unheard of.
    const echo =
      before.type === "error"
        ? { ...before, error: { ...before.error, message: `${before.error.message} ${canary}` } }
        : before;
    await lab.script(vendor, [echo]);
    const manager = LLMConfigManager.from(
      {
        providers: { [vendor]: { ...entry, retry_attempts: 1, headers: { "x-extra": canary } } },
      },
      { logger, observers: [(event) => void events.push(event)] },
    );
    const request = { messages: [{ role: "user", content: "Hello" }] } as const;
    note(await manager.generate(request).catch((error: unknown) => error));
    note(manager);
    note(manager.getProviderStatus());
    note(manager.getProviderConfig(vendor));
    note(manager.getCurrentProvider());
    await manager.close();
  }
  for (const event of events) note(event);
  await lab.close();
  expect(events.length).toBeGreaterThan(200);
});

test("no problem of a configuration shows a key, wherever it was put", () => {
  const good = {
    api_endpoint: "https://api.deepseek.com/chat/completions",
    api_key: canary,
    model_name: "deepseek-flash",
  };
  const wrong: readonly object[] = [
    { ...good, api_endpoint: canary },
    { ...good, api_endpoint: `https://user:${canary}@api.deepseek.com/chat/completions` },
    { ...good, api_endpoint: `https://api.deepseek.com/chat/completions?key=${canary}` },
    { ...good, api_key: `${canary}\n${canary}` },
    { ...good, api_key: [canary] },
    { ...good, api_key: { key: canary } },
    { ...good, apikey: canary, api_key: undefined },
    { ...good, [canary]: true },
    { ...good, model_name: canary, timeout: canary },
    { ...good, headers: { authorization: `Bearer ${canary}`, "bad header": canary } },
    { ...good, extra_body: canary },
    { ...good, provider_name: canary },
    { ...good, protocol: canary },
    { ...good, temperature: "hot" },
  ];
  for (const provider of wrong) {
    const text = JSON.stringify({ providers: { deepseek: provider } });
    note(checkConfiguration(text));
    try {
      note(LLMConfigManager.from({ providers: { deepseek: provider } }, { logger }));
    } catch (error) {
      expect(error).toBeInstanceOf(LLMConfigurationError);
      note(error);
    }
  }
  note(checkConfiguration(`{"providers": {"deepseek": {"api_key": "${canary}`));
  note(checkConfiguration(canary));
});

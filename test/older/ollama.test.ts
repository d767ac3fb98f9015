import { describe, expect, test } from "vitest";
import type { MemoryLab } from "../../src/lab/index.ts";
import { labWorld } from "../world.ts";
import { load } from "./load.ts";

/** A server behind one of Ollama's own paths is asked where it speaks as OpenAI does. */

type Settings = Readonly<Record<string, unknown>>;

function read(settings: Settings, others: object = {}) {
  const providers = {
    one: { api_key: "not-required", model_name: "small", ...settings },
    ...others,
  };
  const { snapshot, told } = load({ providers });
  return { endpoint: snapshot?.providers[0]?.endpoint, provider: snapshot?.providers[0], told };
}

const here = "http://localhost:11434/v1/chat/completions";
const ownPath = (url: string): string =>
  "providers.one.api_endpoint: warning: is a path of Ollama's own: the same server is asked " +
  `where it speaks as OpenAI does. Write ${url}`;

describe("the path", () => {
  test.each<[string, Settings, string]>([
    ["http://localhost:11434/api/generate", { provider_type: "ollama" }, here],
    ["http://localhost:11434/api/chat", {}, here],
    ["http://localhost:11434/api/chat/", { provider_type: "cloud" }, here],
    ["http://localhost:11434/api", { provider_type: "local" }, here],
    [
      "http://gpu:8080/api/generate",
      { provider_type: "ollama" },
      "http://gpu:8080/v1/chat/completions",
    ],
    [
      "https://llm.example.com/ollama/api/chat",
      { provider_type: "ollama", api_key: "sk-test-1" },
      "https://llm.example.com/ollama/v1/chat/completions",
    ],
  ])("%s with %j", (api_endpoint, settings, expected) => {
    const { endpoint, told } = read({ api_endpoint, ...settings });
    expect(endpoint).toBe(expected);
    expect(told).toContain(ownPath(expected));
  });

  test("a bare host is completed as any other", () => {
    const { endpoint, told } = read({ api_endpoint: "http://localhost:11434" });
    expect(endpoint).toBe(here);
    expect(told.join()).toContain(`Write ${here}`);
  });

  test("the right path is left alone", () => {
    expect(read({ api_endpoint: here, provider_type: "ollama" }).told).toEqual([]);
  });

  test("also of a provider that is disabled", () => {
    const others = { two: { api_endpoint: here, api_key: "none", model_name: "other" } };
    const settings = { api_endpoint: "http://localhost:11434/api/generate", enabled: false };
    expect(read(settings, others).told).toEqual([ownPath(here)]);
  });

  test("where nothing says that it is Ollama's, it is still an error", () => {
    const { endpoint, told } = read({ api_endpoint: "http://localhost:8000/api/chat" });
    expect(endpoint).toBeUndefined();
    expect(told[0]).toContain("is an endpoint of ollama");
  });

  test("a vendor's own host is never taken for Ollama's", () => {
    const api_endpoint = "https://dashscope.aliyuncs.com/api";
    const { endpoint } = read({ api_endpoint, provider_type: "local", api_key: "sk-test-1" });
    expect(endpoint).not.toContain("/v1/chat/completions");
  });
});

describe("provider_type", () => {
  test("local, at an address that is not this machine, is told", () => {
    const { provider, told } = read({ api_endpoint: "http://gpu:8080/v1", provider_type: "local" });
    expect(provider?.local).toBe(false);
    expect(told).toContain(
      "providers.one.provider_type: warning: is not this machine: a route that is local_only " +
        'does not ask it. Write its address on this machine, or "ollama" or "cloud" here',
    );
  });

  test.each([
    ["local", true],
    ["ollama", true],
    ["cloud", false],
  ])("%s on this machine: local is %s, and nothing is told", (provider_type, local) => {
    const { provider, told } = read({ api_endpoint: here, provider_type });
    expect(provider?.local).toBe(local);
    expect(told).toEqual([]);
  });
});

test("the server is really asked there", async () => {
  const settings = { providers: { one: { vendor: "openai" } } } as const;
  const origin = (lab: MemoryLab) => lab.providers["one"]?.origin ?? "";
  const own = `${origin(labWorld(settings).lab)}/api/generate`;
  const entries = { one: { api_endpoint: own, provider_type: "ollama" } };
  const { lab, manager, play } = labWorld(settings, { entries });
  const answer = await play(manager.generate({ messages: [{ role: "user", content: "Hello" }] }));
  expect(answer.provider).toBe("one");
  expect(lab.requests.map(({ path }) => path)).toEqual(["/v1/chat/completions"]);
});

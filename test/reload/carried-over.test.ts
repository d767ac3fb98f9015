import { writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { always, fault, startLab } from "../../src/lab/index.ts";
import { placeOf, realManager } from "./real-world.ts";

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

type Changes = Readonly<Record<string, object>>;

/**
 * Three providers of which everything is known: `broken` has an open breaker, `busy` was told to
 * wait by its vendor, `limited` has had the one request a minute it may have.
 */
async function unwellWorld(start: Changes = {}) {
  const lab = await startLab({
    providers: {
      broken: { vendor: "openai" },
      busy: { vendor: "deepseek" },
      limited: { vendor: "deepseek", key: "sk-test-limited" },
    },
    retiredModels: [],
  });
  const textOf = (changes: Changes = {}, failover: object = {}, prefix = "") => {
    const { providers } = lab.configuration("broken", "busy", "limited");
    const limit = { rate_limit: { requests_per_minute: 1 } };
    const entries = Object.entries(providers).map(([name, one]) => [
      `${prefix}${name}`,
      {
        ...one,
        provider_name: `${prefix}${name}`,
        retry_attempts: 1,
        ...(name === "limited" && limit),
        ...changes[name],
      },
    ]);
    return JSON.stringify({
      providers: Object.fromEntries(entries),
      failover: { circuit_breaker: { failures: 1, min_samples: 1 }, ...failover },
    });
  };
  const place = await placeOf(textOf(start));
  const real = realManager(place.file);
  ending.push(
    () => real.manager.close({ graceMs: 0 }),
    () => lab.close(),
    () => place.remove(),
  );
  await lab.script("broken", always(fault.status(500)));
  await lab.script("busy", [fault.status(429, { retryAfter: 90 })]);
  expect((await real.manager.generate(hello)).provider).toBe("limited");
  const states = async (prefix = "") => {
    const { providers } = real.manager.getProviderStatus();
    const [broken, busy] = [providers[`${prefix}broken`], providers[`${prefix}busy`]];
    const from = real.events.length;
    const left = new AbortController();
    const asked = real.manager.generate(hello, {
      provider: `${prefix}limited`,
      signal: left.signal,
    });
    const waits = real.event((event) => event.type === "request-wait", from);
    const limited = await Promise.race([
      asked.then(() => "ready"),
      waits.then((event) =>
        event.type === "request-wait" && event.for === "limit" ? "limited" : "",
      ),
    ]);
    left.abort();
    await asked.catch(() => {});
    return [broken?.state, busy?.state, limited];
  };
  const edit = async (...to: Parameters<typeof textOf>) => {
    const swapped = real.swapped();
    await writeFile(place.file, textOf(...to));
    await swapped;
  };
  return { states, edit, lab, ...real };
}

describe("what is known of a provider is carried over a reload", () => {
  test("whatever else changes: breaker, cool-down and limit, by identity", async () => {
    const { states, edit, manager } = await unwellWorld();
    const before = manager.getProviderStatus().providers;
    expect(await states()).toEqual(["open", "cooling", "limited"]);
    const other = { max_tokens: 7, temperature: 0, timeout: 29 };
    await edit({ broken: other, busy: other, limited: other }, { retry: "switch_first" });
    expect(await states()).toEqual(["open", "cooling", "limited"]);
    const after = manager.getProviderStatus().providers;
    expect(after["broken"]?.until).toBe(before["broken"]?.until);
    expect(after["busy"]?.coolDowns).toEqual(before["busy"]?.coolDowns);
    expect(after["limited"]).toMatchObject({ attempts: 1, answers: 1 });
  });

  test.each([
    ["key", { api_key: "sk-test-changed" }],
    ["model", { model_name: "another-model" }],
    ["endpoint", { api_endpoint: "http://127.0.0.1:1/v1/chat/completions" }],
  ])("but for one whose %s is another: it starts clean, and it alone", async (_, change) => {
    const { states, edit, manager } = await unwellWorld();
    await edit({ broken: change });
    expect(await states()).toEqual(["ready", "cooling", "limited"]);
    await edit({ broken: change, busy: change });
    expect(await states()).toEqual(["ready", "ready", "limited"]);
    const { broken } = manager.getProviderStatus().providers;
    expect(broken).toMatchObject({ attempts: 0, failures: 0, lastFailure: null });
  });

  test("but for one that is asked at another path: what was wrong there is mended", async () => {
    const { states, edit, lab } = await unwellWorld();
    const { providers } = lab.configuration("broken");
    const api_endpoint = providers["broken"]?.api_endpoint.replace("/v1/", "/v9/");
    expect(api_endpoint).toContain("/v9/");
    await edit({ broken: { api_endpoint } });
    expect(await states()).toEqual(["ready", "cooling", "limited"]);
  });

  test("by whatever name: a breaker and a limit go with one that is called otherwise", async () => {
    const { states, edit, manager } = await unwellWorld();
    await edit({}, {}, "my-");
    expect(await states("my-")).toEqual(["open", "cooling", "limited"]);
    const { "my-limited": limited, ...others } = manager.getProviderStatus().providers;
    expect(limited).toMatchObject({ attempts: 1, answers: 1, inFlight: 0 });
    expect(Object.keys(others)).toEqual(["my-broken", "my-busy"]);
  });

  test("a new key of the same account does not lift the account's limit, but its own breaker", async () => {
    const account = { account: "house" };
    const { states, edit } = await unwellWorld({ busy: account, broken: account });
    expect(await states()).toEqual(["open", "cooling", "limited"]);
    const changed = { ...account, api_key: "sk-test-changed" };
    await edit({ busy: changed, broken: changed });
    expect(await states()).toEqual(["ready", "cooling", "limited"]);
  });

  test("and one that was switched off for a while is as it was", async () => {
    const { states, edit } = await unwellWorld();
    await edit({ broken: { enabled: false } });
    expect(await states()).toEqual(["disabled", "cooling", "limited"]);
    await edit();
    expect(await states()).toEqual(["open", "cooling", "limited"]);
  });
});

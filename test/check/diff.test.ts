import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standin } from "../child.ts";

/** `standin diff`: two configurations beside each other, in words that hold no key. */

const env = {
  DEEPSEEK_API_KEY: "sk-test-CANARY-1",
  DEEPSEEK_API_KEY_2: "sk-test-CANARY-2",
  DASHSCOPE_API_KEY: "sk-test-CANARY-3",
};
const outputs: string[] = [];
let folder = "";

const qwen = {
  api_endpoint: "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
  api_key: "env:DASHSCOPE_API_KEY",
  model_name: "qwen-flash",
};
const deepseek = {
  api_endpoint: "https://api.deepseek.com/v1/chat/completions",
  api_key: "env:DEEPSEEK_API_KEY",
  model_name: "deepseek-flash",
};
const old = { providers: { qwen, deepseek } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-diff-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  expect(outputs.join("")).not.toContain("CANARY");
});

async function diff(before: object, after: object, ...flags: readonly string[]) {
  const text = (one: object) => JSON.stringify(one, null, 2);
  await writeFile(join(folder, "old.json"), text(before), { mode: 0o600 });
  await writeFile(join(folder, "new.json"), text(after), { mode: 0o600 });
  const finished = await standin(["diff", "old.json", "new.json", ...flags], { cwd: folder, env });
  outputs.push(finished.out, finished.err);
  return finished;
}

function withQwen(changes: object, rest: object = {}): object {
  return { providers: { qwen: { ...qwen, ...changes }, deepseek }, ...rest };
}

const routes = { short: { providers: ["qwen", "deepseek"], overrides: { max_tokens: 50 } } };

describe("what is different", () => {
  test("nothing: silent, and 0; what is written otherwise and means the same is nothing", async () => {
    expect(await diff(old, old)).toEqual({ code: 0, out: "", err: "" });
    expect(await diff(old, withQwen({ timeout: 30, retry_attempts: 3 }))).toMatchObject({
      code: 0,
    });
  });

  test.each<[string, object, object, readonly string[]]>([
    [
      "a provider's settings",
      old,
      withQwen({ model_name: "qwen-plus", timeout: 20, max_tokens: null, timeouts: { total: 40 } }),
      [
        '"qwen": model_name changed from "qwen-flash" to "qwen-plus".',
        '"qwen": max_tokens changed from 150 to none.',
        '"qwen": timeout changed from 30 s to 20 s.',
        '"qwen": timeouts.total changed from 30 s to 40 s.',
        "failover.deadline changed from 190 s to 220 s.",
      ],
    ],
    [
      "where a key comes from, and that it is another",
      old,
      { providers: { qwen, deepseek: { ...deepseek, api_key: "env:DEEPSEEK_API_KEY_2" } } },
      ['"deepseek": api_key changed (variable DEEPSEEK_API_KEY_2).'],
    ],
    [
      "headers and bodies by name alone",
      withQwen({ headers: { "x-a": "CANARY", "x-b": "1" }, extra_body: { top_k: 1 } }),
      withQwen({ headers: { "x-a": "CANARY 2", "x-c": "1" }, extra_body: { top_k: 2 } }),
      [
        '"qwen": header "x-a" changed.',
        '"qwen": header "x-b" was removed.',
        '"qwen": header "x-c" was added.',
        '"qwen": extra_body "top_k" changed.',
      ],
    ],
    [
      "who is there, and in which order",
      old,
      { providers: { deepseek, qwen: { ...qwen, enabled: false } } },
      [
        '"qwen" was disabled.',
        'the order is now "deepseek", "qwen".',
        "failover.deadline changed from 190 s to 95 s.",
        "failover.max_attempts changed from 6 to 3.",
      ],
    ],
    [
      "the order that priorities make",
      old,
      withQwen({ priority: 2 }, { providers: { qwen, deepseek: { ...deepseek, priority: 1 } } }),
      ['"deepseek": priority changed from 1000 to 1.', 'the order is now "deepseek", "qwen".'],
    ],
    [
      "prices",
      withQwen({ pricing: { input: 1, output: 2 } }),
      withQwen({ pricing: { input: 1.5, output: 2, cached_input: 0.1 } }),
      [
        '"qwen": pricing.input changed from 1 to 1.5.',
        '"qwen": pricing.cached_input changed from none to 0.1.',
      ],
    ],
    [
      "accounts and limits",
      withQwen({ account: "a", rate_limit: { max_concurrency: 2 } }),
      withQwen(
        { account: "b", rate_limit: { max_concurrency: 3 } },
        { accounts: { b: { rate_limit: { requests_per_minute: 60 } } } },
      ),
      [
        '"qwen": account changed.',
        "the rate limit of provider qwen: max_concurrency changed from 2 to 3.",
        "the rate limit of qwen account b: requests_per_minute changed from none to 60.",
      ],
    ],
    [
      "routes that come and go",
      { ...old, routes },
      { ...old, tasks: { poem: { providers: ["deepseek"] } } },
      ['the route "short" was removed.', 'the route "poem" was added: "deepseek".'],
    ],
    [
      "who is on a route, what it asks of them, and its policy",
      { ...old, routes },
      {
        ...old,
        routes: {
          short: {
            description: "Short.",
            providers: ["deepseek", "qwen"],
            overrides: { max_tokens: 60, temperature: 0, extra_body: { top_p: 0.1 } },
            failover: { deadline: 30, prefer: "fastest" },
            rate_limit: { max_concurrency: 4 },
          },
        },
      },
      [
        'the route "short": description changed from "" to "Short.".',
        'the route "short": the order is now "deepseek", "qwen".',
        'the route "short": deadline changed from 190 s to 30 s.',
        'the route "short": prefer changed from "order" to "fastest".',
        'the route "short": the override of max_tokens changed from 50 to 60.',
        'the route "short" overrides temperature with 0 now.',
        'the route "short" overrides extra_body with "top_p" now.',
        "the rate limit of route short: max_concurrency changed from none to 4.",
      ],
    ],
    [
      "what the whole file's policy does to every route, once",
      { ...old, routes },
      {
        ...old,
        routes,
        failover: { max_switches: 1, backoff: { base: 2 }, circuit_breaker: { open: 10 } },
      },
      [
        "failover.deadline changed from 190 s to 196 s.",
        "failover.max_switches changed from none to 1.",
        "failover.backoff.base changed from 1 s to 2 s.",
        "failover.circuit_breaker.open changed from 30 s to 10 s.",
      ],
    ],
    [
      "a route that only one provider is left on",
      { ...old, routes: { short: { ...routes.short, local_only: false } } },
      { ...old, routes: { short: { providers: ["qwen"] } } },
      [
        'the route "short" asks "qwen" now.',
        'the route "short": deadline changed from 190 s to 95 s.',
        'the route "short": max_attempts changed from 6 to 3.',
        'the route "short" does not override max_tokens any more.',
      ],
    ],
  ])("%s", async (_, before, after, expected) => {
    const { code, out, err } = await diff(before, after);
    expect(out.trimEnd().split("\n")).toEqual(expected);
    expect({ code, err }).toEqual({ code: 1, err: "" });
  });

  test("as JSON", async () => {
    const same = await diff(old, old, "--json");
    expect(same.code).toBe(0);
    expect(JSON.parse(same.out)).toEqual({
      before: "old.json",
      after: "new.json",
      same: true,
      changes: [],
      problems: { before: [], after: [] },
    });
    const other = await diff(old, withQwen({ temperature: 0 }), "--json");
    expect(other.code).toBe(1);
    expect(JSON.parse(other.out)).toMatchObject({
      same: false,
      changes: ['"qwen": temperature changed from 0.7 to 0'],
    });
  });
});

describe("what cannot be compared", () => {
  test("has all its problems told, and ends with 3", async () => {
    const { code, out } = await diff(withQwen({ retry_attempts: 0 }), withQwen({ timeout: "x" }));
    expect(code).toBe(3);
    expect(out).toMatch(
      /^new\.json:\d+:\d+ providers\.qwen\.timeout: .*\nnew\.json cannot be used/u,
    );
    const asJson = await diff(old, withQwen({ timeout: "x" }), "--json");
    expect(asJson.code).toBe(3);
    expect(JSON.parse(asJson.out)).toMatchObject({
      same: null,
      changes: null,
      problems: { before: [], after: [{ path: "providers.qwen.timeout" }] },
    });
  });

  test("both, when neither can be used", async () => {
    const { code, out } = await diff({ providers: {} }, []);
    expect(code).toBe(3);
    expect(out).toMatch(
      /^old\.json:.*\nold\.json cannot .*\nnew\.json:.*\nnew\.json cannot .*\n$/u,
    );
  });

  test("a file that is not there", async () => {
    const { code, out } = await standin(["diff", "none.json", "none.json"], { cwd: folder });
    expect(code).toBe(3);
    expect(out).toContain("none.json:1:1 the file cannot be read: there is no such file");
  });

  test("keys that are missing here are no obstacle when they are elsewhere", async () => {
    const away = withQwen({ api_key: "env:NOT_HERE" });
    const moved = withQwen({ api_key: "file:/nowhere/key" });
    expect((await diff(away, moved)).code).toBe(3);
    const { code, out } = await diff(away, moved, "--keys-elsewhere");
    expect(code).toBe(1);
    expect(out).toBe('"qwen": api_key changed (file /nowhere/key).\n');
    expect((await diff(away, away, "--keys-elsewhere")).code).toBe(0);
  });
});

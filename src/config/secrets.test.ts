import { describe, expect, test } from "vitest";
import { sayProblem } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";
import { loadConfiguration } from "./load.ts";

/** Where keys come from, what is told of it, and that none is ever told. */

type World = {
  readonly variables?: Readonly<Record<string, string>>;
  /** What stands in a file, or the system's code for why it cannot be read. */
  readonly files?: Readonly<Record<string, string | Uint8Array | { readonly code: string }>>;
};

function load(providers: object, { variables = {}, files = {} }: World = {}) {
  const { snapshot, problems } = loadConfiguration(JSON.stringify({ providers }), {
    environment: { get: (name) => variables[name] },
    files: {
      readSync(path) {
        const held = files[path] ?? { code: "ENOENT" };
        if (typeof held === "string") return new TextEncoder().encode(held);
        if (held instanceof Uint8Array) return held;
        throw Object.assign(new Error(`${held.code}: ${path}`), held);
      },
      read: () => Promise.reject(new Error("not asked for")),
    },
  });
  const told = problems.map((problem) => sayProblem("f", problem).replace(/^f:\d+:\d+ /u, ""));
  return { snapshot, told };
}

const deepseek = "https://api.deepseek.com/v1/chat/completions";

function one(api_key: string, settings: object = {}): object {
  return { one: { api_endpoint: deepseek, api_key, model_name: "deepseek-flash", ...settings } };
}

function keyOf(snapshot: Snapshot | null): string | undefined {
  return snapshot?.providers[0]?.key?.reveal();
}

describe("references", () => {
  test.each([
    ["env:KEY", "variable KEY"],
    ["${KEY}", "variable KEY"],
    ["  env: KEY ", "variable KEY"],
    ["file:/run/secrets/key", "file /run/secrets/key"],
    ["file:///run/secrets/key", "file /run/secrets/key"],
  ])("%s", (written, source) => {
    const world = {
      variables: { KEY: "sk-test-1" },
      files: { "/run/secrets/key": "sk-test-1\r\n" },
    };
    const { snapshot, told } = load(one(written), world);
    expect(told).toEqual([]);
    expect(keyOf(snapshot)).toBe("sk-test-1");
    expect(snapshot?.providers[0]?.keySource).toBe(source);
  });

  const at = "providers.one.api_key:";
  test.each<[string, World, string]>([
    ["env:KEY", {}, `${at} the variable KEY is not set. Set KEY, or write "enabled": false`],
    ["${KEY}", { variables: { KEY: " " } }, `${at} the variable KEY is empty. Set KEY, or`],
    ["env:KEY", { variables: { KEY: "changeme" } }, `${at} the variable KEY holds a placeholder`],
    ["env:KEY", { variables: { KEY: "Bearer sk-hush" } }, `${at} the variable KEY holds a space`],
    ["env:KEY", { variables: { KEY: "sk-hush\u0007" } }, `${at} the variable KEY holds a charac`],
    ["env:KEY", { variables: { KEY: "sk-hush密" } }, `${at} the variable KEY holds a character`],
    ["env:NOT-A-NAME", {}, `${at} does not name an environment variable`],
    ["${}", {}, `${at} does not name an environment variable`],
    ["Bearer ${KEY}", {}, `${at} holds a reference in the middle of a text`],
    ["$KEY", {}, `${at} is not how a variable is named here. Write "env:KEY"`],
    ["%KEY%", {}, `${at} is not how a variable is named here. Write "env:KEY"`],
    ["process.env.KEY", {}, `${at} is not how a variable is named here. Write "env:KEY"`],
    ["os.environ/KEY", {}, `${at} is not how a variable is named here. Write "env:KEY"`],
    ["os.environ['KEY']", {}, `${at} is not how a variable is named here. Write "env:KEY"`],
    ["{env:KEY}", {}, `${at} is not how a variable is named here. Write "env:KEY"`],
    ["QWEN_API_KEY", {}, `${at} is the name of a variable, and not said to be one. Write "env:Q`],
    ["file:key.txt", {}, `${at} does not name a file by its whole path`],
    ["file:/k", {}, `${at} the key file /k cannot be read: there is no such file`],
    ["file:/k", { files: { "/k": { code: "EACCES" } } }, `${at} the key file /k cannot be read`],
    ["file:/k", { files: { "/k": { code: "EISDIR" } } }, `${at} the key file /k cannot be read`],
    ["file:/k", { files: { "/k": "\n" } }, `${at} the key file /k is empty. Write the key into it`],
    ["file:/k", { files: { "/k": "a\nb" } }, `${at} the key file /k holds a space or a line break`],
    ["file:/k", { files: { "/k": new Uint8Array([0xff, 0xfe]) } }, `${at} the key file /k holds a`],
    ["file:/k", { files: { "/k": "x".repeat(20_000) } }, `${at} the key file /k is too large`],
    ["sk-hush hush", {}, `${at} holds a space or a line break inside the key`],
  ])("%s with %j", (written, world, beginning) => {
    const { snapshot, told } = load(one(written), world);
    expect(snapshot).toBeNull();
    expect(told[0]?.slice(0, beginning.length)).toBe(beginning);
    expect(told.join("\n")).not.toContain("hush");
  });

  test("a disabled provider's broken key is only a warning", () => {
    const providers = { ...one("a b", { enabled: false }), two: Object.values(one("k"))[0] };
    const { snapshot, told } = load(providers);
    expect(snapshot).not.toBeNull();
    expect(told.join("\n")).toMatch(/^providers.one.api_key: warning: holds a space/mu);
  });

  test.each(["env:KEY", "file:/k"])("a disabled provider needs no key in %s", (written) => {
    const providers = { ...one(written, { enabled: false }), two: Object.values(one("k"))[0] };
    const { snapshot, told } = load(providers);
    expect(told.join("\n")).not.toContain("providers.one.api_key");
    expect(snapshot?.routes["default"]?.providers.map(({ name }) => name)).toEqual(["two"]);
    expect(snapshot?.providers.map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("all disabled, or nobody at all, is an error", () => {
    expect(load(one("k", { enabled: false })).told).toContain(
      'providers: every provider is disabled. Take out "enabled": false for one of them',
    );
    expect(load({}).told[0]).toContain("providers: there is no provider");
  });
});

describe("placeholders", () => {
  test.each([
    "",
    "  ",
    "your-deepseek-api-key",
    "your_api_key",
    "YOUR_API_KEY_HERE",
    "sk-your-key",
    "changeme",
    "change-me",
    "xxx",
    "<key>",
    "<your key>",
    "sk-xxxxxxxxxxxxxxxx",
    "…",
    "...",
    "***",
    "api_key",
    "insert-your-key",
    "{{ key }}",
  ])("%j takes the vendor's usual variable, and says so", (written) => {
    const { snapshot, told } = load(one(written), { variables: { DEEPSEEK_API_KEY: "sk-test-1" } });
    expect(keyOf(snapshot)).toBe("sk-test-1");
    const why = written.trim() === "" ? "is empty" : "a placeholder stands here";
    const taken = "the key is taken from the variable DEEPSEEK_API_KEY";
    expect(told).toEqual([expect.stringContaining(`note: ${why}: ${taken}`)]);
    expect(load(one(written)).told).toEqual([
      "providers: no provider has a key, so none can be used. Set DEEPSEEK_API_KEY",
      expect.stringContaining("not configured, and skipped"),
    ]);
  });

  test.each(["sk-test-1", "test-api-key"])("%j is a key", (key) => {
    const { snapshot, told } = load(one(key));
    expect(keyOf(snapshot)).toBe(key);
    expect(told).toEqual([expect.stringContaining("warning: the key stands in the file itself")]);
  });

  describe("words that say that no key is needed", () => {
    const words = ["not-required", "none", "no-key", "no_api_key", "Not Needed", "n/a", "ollama"];
    const here = { api_endpoint: "http://gpu:8080/v1/chat/completions", model_name: "mine" };

    test.each([...words, "", " "])(
      "%j is believed within the house, and nothing is told",
      (word) => {
        const { snapshot, told } = load(one(word, here));
        expect(told).toEqual([]);
        expect(keyOf(snapshot)).toBe("no-key");
        expect(snapshot?.providers[0]?.keySource).toBe("none needed");
      },
    );

    test.each(words)("%j is told at a public host", (word) => {
      expect(load(one(word)).told).toEqual([
        "providers: no provider has a key, so none can be used. Set DEEPSEEK_API_KEY",
        "providers.one.api_key: warning: not configured, and skipped: this says that no key is " +
          "needed, and the host is a public one. Set the variable DEEPSEEK_API_KEY",
      ]);
      const set = load(one(word), { variables: { DEEPSEEK_API_KEY: "sk-test-1" } });
      expect(keyOf(set.snapshot)).toBe("sk-test-1");
      expect(set.told).toEqual([
        expect.stringMatching(/warning: this says .*: the key is taken from the variable DEEP/u),
      ]);
    });

    test("at a public host that nobody knows it may be true", () => {
      const api_endpoint = "https://llm.example.com/v1/chat/completions";
      const { snapshot, told } = load(one("none", { api_endpoint }));
      expect(keyOf(snapshot)).toBe("no-key");
      expect(told).toEqual([
        "providers.one.api_key: warning: this says that no key is needed, and the host is a " +
          'public one. Write its key, as in "env:NAME"',
      ]);
    });

    test("an empty key of a vendor's relay is still the vendor's variable", () => {
      const relay = { ...here, vendor: "deepseek" };
      expect(load(one("", relay)).snapshot).toBeNull();
      expect(keyOf(load(one("none", relay)).snapshot)).toBe("no-key");
    });
  });

  test("a variable that itself holds a placeholder, or no good key, does not count", () => {
    const { told } = load(one(""), { variables: { DEEPSEEK_API_KEY: "your-key" } });
    expect(told[0]).toContain("no provider has a key");
    const bad = load(one(""), { variables: { DEEPSEEK_API_KEY: "two words" } });
    expect(bad.told).toEqual([expect.stringContaining("DEEPSEEK_API_KEY holds a space")]);
  });

  test("the second usual variable counts where the first is not set", () => {
    const api_endpoint = "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions";
    const providers = one("", { api_endpoint, model_name: "qwen-flash" });
    const { snapshot } = load(providers, { variables: { QWEN_API_KEY: "sk-test-2" } });
    expect(keyOf(snapshot)).toBe("sk-test-2");
  });

  test("nor to a host that speaks as the vendor does and is another's", () => {
    const variables = { OPENAI_API_KEY: "sk-test-o", PERPLEXITY_API_KEY: "sk-test-p" };
    const api_endpoint = "https://api.perplexity.ai/chat/completions";
    expect(keyOf(load(one("", { api_endpoint }), { variables }).snapshot)).toBe("sk-test-p");
    const azure = { api_endpoint: "https://a.openai.azure.com/openai/v1/chat/completions" };
    expect(load(one("", azure), { variables }).snapshot).toBeNull();
  });

  test("a vendor's key is never sent to a host that is not the vendor's unasked", () => {
    const variables = { OPENAI_API_KEY: "sk-test-o", DEEPSEEK_API_KEY: "sk-test-d" };
    const elsewhere = one("", { api_endpoint: "https://llm.example.com/v1/chat/completions" });
    expect(load(elsewhere, { variables }).told).toContainEqual(
      expect.stringContaining("not configured, and skipped: the key is empty"),
    );
    const stated = one("", {
      api_endpoint: "https://llm.example.com/v1/chat/completions",
      vendor: "deepseek",
    });
    expect(load(stated, { variables }).snapshot).toBeNull();
    const here = one("", {
      api_endpoint: "http://localhost:8080/v1/chat/completions",
      vendor: "deepseek",
    });
    expect(keyOf(load(here, { variables }).snapshot)).toBe("sk-test-d");
  });
});

describe("headers", () => {
  test("their values are secrets and may be references", () => {
    const headers = { "X-Plain": "a b", "X-Key": "env:KEY", "X-Empty": "" };
    const { snapshot, told } = load(one("env:KEY", { headers }), {
      variables: { KEY: "sk-test-1" },
    });
    expect(told).toEqual([]);
    const read = Object.entries(snapshot?.providers[0]?.headers ?? {});
    expect(read.map(([name, value]) => [name, value.reveal()])).toEqual([
      ["X-Plain", "a b"],
      ["X-Key", "sk-test-1"],
      ["X-Empty", ""],
    ]);
    expect(load(one("k", { headers: { "X-Key": "env:GONE" } })).told).toContainEqual(
      expect.stringContaining("headers.X-Key: the variable GONE is not set"),
    );
  });
});

describe("no message holds a key", () => {
  const key = "sk-test-canary0123456789";
  const plain = "Zq81canaryZq81canary";
  test.each<[string, object]>([
    ["as the endpoint", one("k", { api_endpoint: key })],
    ["in the endpoint", one("k", { api_endpoint: `https://x.example/${key}/messages` })],
    ["in a query", one("k", { api_endpoint: `${deepseek}?v=${key}&token=${key}` })],
    ["as the model", one("k", { model_name: key })],
    ["as a number's text", one("k", { timeout: key, temperature: [key], enabled: key })],
    ["as a choice", one("k", { thinking: key, vendor: key, protocol: key })],
    ["as the account", one("k", { account: key, provider_name: key })],
    ["as a name", { [key]: Object.values(one("k"))[0] }],
    ["as a setting", one("k", { [key]: 1, extra_body: { model: key } })],
    ["in a list", { one: [key] }],
    ["as an entry", { one: key }],
    ["as a header", one("k", { headers: { "X-A": `${key}\n`, [key]: key, "b c": key } })],
    ["as a list of keys", one("k", { api_key: [key] })],
    ["as an object", one("k", { api_key: { value: key } })],
    ["as a reference", one(`env:${key}`)],
    ["as a file", one(`file:${key}`)],
    ["as a file's path", one(`file:/${key}`)],
    ["in a reference", one(`${key}\${X}`)],
    ["twice, without a usual look", one(plain, { model_name: plain, provider_name: plain })],
    ["as its own name", { [plain]: { ...Object.values(one(plain))[0], timeout: plain } }],
  ])("%s", (_, providers) => {
    const { told } = load(providers);
    expect(told.join("\n")).not.toMatch(/canary/u);
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("what is one thing has one name", () => {
  test("endpoint, model, key and account", () => {
    const at = (api_key: string, settings: object): unknown =>
      Object.values(one(api_key, settings))[0];
    const { snapshot } = load({
      a: at("sk-test-1", {}),
      b: at("sk-test-1", { model_name: "deepseek-v4-pro" }),
      c: at("sk-test-2", { account: "team" }),
      d: at("sk-test-3", {
        account: "team",
        api_endpoint: "https://api.deepseek.com/chat/completions",
      }),
      e: at("", { enabled: false }),
    });
    const [a, b, c, d, e] = (snapshot?.providers ?? []).map(({ identity }) => identity);
    expect(a?.endpoint).toBe("https://api.deepseek.com");
    expect(a?.key).toBe(b?.key);
    expect(a?.account).toBe(a?.key);
    expect(a?.model).not.toBe(b?.model);
    expect(a?.key_model).not.toBe(b?.key_model);
    expect(a?.account_model).not.toBe(b?.account_model);
    expect(a?.model).toBe(c?.model);
    expect(c?.account).toBe(d?.account);
    expect(c?.account).toBe("deepseek account team");
    expect(c?.account_model).toBe(d?.account_model);
    expect(c?.key).not.toBe(d?.key);
    expect(e?.key).toContain("none");
    expect(JSON.stringify(snapshot)).not.toContain("sk-test");
  });
});

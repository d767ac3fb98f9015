import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import type { ConfigurationEdit, EditOptions } from "../../src/index.ts";
import { editConfiguration, providerPresets, starterConfiguration } from "../../src/index.ts";
import { chance, drawHand, write } from "./written.ts";

/** Edits of configurations: what each writes, and what each refuses. */

const keys = ["DASHSCOPE_API_KEY", "DEEPSEEK_API_KEY", "OPENAI_API_KEY"];
const environment = {
  get: (name: string): string | undefined => (keys.includes(name) ? "sk-test-1" : undefined),
};
const bare = { get: (): undefined => undefined };
const today = { now: (): number => Date.UTC(2026, 10, 22) };

const provider = (name: string, more: object = {}): object => ({
  api_endpoint: `https://${name}.example/v1/chat/completions`,
  api_key: "env:OPENAI_API_KEY",
  model_name: `model-of-${name}`,
  ...more,
});
const plain = { providers: { a: provider("a"), b: provider("b") } };

type Json = { readonly [key: string]: Json } & { readonly providers: Json };

function edit(file: object | string, what: ConfigurationEdit, options: EditOptions = {}) {
  const text = typeof file === "string" ? file : JSON.stringify(file, null, 2);
  const edited = editConfiguration(text, what, { environment, clock: today, ...options });
  if (!("bytes" in edited)) return { ...edited, text, value: null };
  const after = new TextDecoder("utf-8", { ignoreBOM: true }).decode(edited.bytes);
  const value = parse(after, [], { allowTrailingComma: true }) as Json;
  return { ...edited, text: after, value };
}

function refusal(file: object | string, what: ConfigurationEdit, options?: EditOptions): string {
  const edited = edit(file, what, options);
  if ("bytes" in edited) throw new Error("it was not refused");
  const told = edited.problems.map(({ path, message }) => `${path}: ${message}`);
  return [`${edited.outcome}: ${edited.message}`, ...told].join("\n");
}

const set = (name: string, ...settings: string[]): ConfigurationEdit => ({
  edit: "set-provider",
  name,
  set: settings,
  unset: [],
});
const add = (vendor: string, ...settings: string[]): ConfigurationEdit => ({
  edit: "add-provider",
  vendor,
  settings: {},
  set: settings,
});
const remove = (name: string, force = false): ConfigurationEdit => ({
  edit: "remove-provider",
  name,
  force,
});
const turn = (name: string, enabled: boolean): ConfigurationEdit => ({
  edit: "switch-provider",
  name,
  enabled,
});
const task = (kind: "add" | "set", name: string, ...settings: string[]): ConfigurationEdit =>
  kind === "add"
    ? { edit: "add-route", name, set: settings }
    : { edit: "set-route", name, set: settings, unset: [] };

describe("settings of a provider", () => {
  test("are read as what they take", () => {
    const edited = edit(
      plain,
      set(
        ...(["a", "timeout=40", "max_tokens=null", "model_name=4", "timeouts.idle=20"] as const),
        ...([
          "capabilities=tools, images",
          'extra_body.stop=["x"]',
          "extra_body.note=text",
        ] as const),
        ...(["temperature=1e-1", "enabled=true", "_remark=by hand"] as const),
      ),
    );
    expect(edited.value?.providers["a"]).toEqual({
      ...provider("a"),
      timeout: 40,
      max_tokens: null,
      model_name: "4",
      timeouts: { idle: 20 },
      capabilities: ["tools", "images"],
      extra_body: { stop: ["x"], note: "text" },
      temperature: 0.1,
      enabled: true,
      _remark: "by hand",
    });
    expect(edited.value?.providers["b"]).toEqual(provider("b"));
  });

  test("are told with where they stand, and what was there", () => {
    const edited = edit(plain, set("b", "timeout=40", "model_name=other"));
    expect("steps" in edited && edited.steps).toEqual([
      { path: "providers.b.timeout", line: 12, message: "timeout is 40" },
      {
        path: "providers.b.model_name",
        line: 11,
        message: 'model_name is "other" (it was "model-of-b")',
      },
    ]);
  });

  test("that are not known are refused, with what may be meant", () => {
    expect(refusal(plain, set("a", "timeuot=4"))).toMatchInlineSnapshot(
      `"misused: "timeuot" is not a setting of a provider: did you mean "timeout"?"`,
    );
    expect(refusal(plain, set("a", "idle=4"))).toMatchInlineSnapshot(
      `"misused: "idle" is not a setting of a provider: did you mean "timeouts.idle"?"`,
    );
    expect(refusal(plain, set("a", "colour=red"))).toMatchInlineSnapshot(
      `"misused: "colour" is not a setting of a provider: known: provider_name, api_endpoint, api_key, model_name, max_tokens, temperature, timeout, retry_attempts, protocol, vendor, provider_type, enabled, priority, capabilities, account, context_window, headers, extra_body, thinking, timeouts, rate_limit, pricing"`,
    );
    expect(refusal(plain, set("a", "timeout"))).toMatchInlineSnapshot(
      `"misused: "timeout" is no setting: write key=value, such as timeout=30"`,
    );
    expect(refusal(plain, set("a", "timeout=4", "timeout=5"))).toMatchInlineSnapshot(
      `"misused: timeout and timeout say the same thing twice: give one of them"`,
    );
    expect(refusal(plain, set("a"))).toMatchInlineSnapshot(
      `"misused: no setting is given: write key=value"`,
    );
    expect(refusal(plain, set("bb", "timeout=4"))).toMatchInlineSnapshot(
      `"misused: there is no provider "bb": did you mean "b"?"`,
    );
  });

  test("that would make the file unusable are refused, all of them", () => {
    expect(refusal(plain, set("a", "timeout=long", "temperature=9"))).toMatchInlineSnapshot(`
      "unfit: after this edit the file could not be used
      providers.a.timeout: must be a number of seconds from 0.01 to 86400, found the text "long"
      providers.a.temperature: must be a number from 0 to 2, found 9"
    `);
  });

  test("are taken out", () => {
    const file = { providers: { a: provider("a", { timeout: 4, timeouts: { idle: 2 } }) } };
    const what = { ...set("a"), unset: ["timeout", "timeouts.idle", "priority"] };
    const edited = edit(file, what);
    expect(edited.value?.providers["a"]).toEqual({ ...provider("a"), timeouts: {} });
    expect("steps" in edited && edited.steps.map(({ message }) => message)).toEqual([
      "timeout taken out (it was 4)",
      "timeouts.idle taken out (it was 2)",
    ]);
  });

  test("that are keys are refused as text, and never shown", () => {
    const secret = "sk-test-VISIBLE-0123456789";
    for (const setting of [`api_key=${secret}`, `headers.X-Token=${secret}`]) {
      const told = refusal(plain, set("a", setting));
      expect(told).toContain("shell's history");
      expect(told).toContain("env:NAME");
      expect(told).not.toContain("VISIBLE");
      const inline = { ...set("a", setting), inlineKey: true } as ConfigurationEdit;
      const edited = edit(plain, inline);
      expect(edited.text).toContain(secret);
      expect(JSON.stringify({ ...edited, text: "", value: "", bytes: "" })).not.toContain(
        "VISIBLE",
      );
    }
    expect(edit(plain, set("a", "api_key=file:/run/none"), { keysElsewhere: true }).outcome).toBe(
      "edited",
    );
  });

  test("that say that no key is needed are shown as they are", () => {
    const edited = edit(plain, set("a", "api_key=none", "api_endpoint=http://localhost:9000/v1"));
    expect(edited.outcome).toBe("edited");
    expect("difference" in edited && edited.difference.map((line) => line.text)).toContain(
      '      "api_key": "none",',
    );
  });

  test("whose variable is not here are refused, unless it is elsewhere", () => {
    const what = set("a", "api_key=env:ELSEWHERE_KEY");
    expect(refusal(plain, what)).toContain("the variable ELSEWHERE_KEY is not set");
    expect(edit(plain, what, { keysElsewhere: true }).outcome).toBe("edited");
  });

  test("of a file that had errors before can be set, and mended", () => {
    const wrong = { providers: { a: provider("a", { timeout: -1 }), b: provider("b") } };
    expect(edit(wrong, set("b", "timeout=4"))).toMatchObject({ outcome: "edited", errorsLeft: 1 });
    expect(edit(wrong, set("a", "timeout=4"))).toMatchObject({ outcome: "edited", errorsLeft: 0 });
  });
});

describe("a provider", () => {
  test("is enabled and disabled in its own entry", () => {
    const off = edit(plain, turn("a", false));
    expect(off.value?.providers["a"]).toEqual({ ...provider("a"), enabled: false });
    const on = edit(off.text, turn("a", true));
    expect(on.value?.providers["a"]).toEqual({ ...provider("a"), enabled: true });
    expect(edit(on.text, turn("a", true)).outcome).toBe("unchanged");
    expect(edit(plain, turn("a", true)).outcome).toBe("unchanged");
  });

  test("that is the last is neither disabled nor removed", () => {
    const one = { providers: { a: provider("a"), b: provider("b", { enabled: false }) } };
    expect(refusal(one, turn("a", false))).toMatchInlineSnapshot(`
      "unfit: after this edit the file could not be used
      providers: every provider is disabled"
    `);
    expect(refusal(one, remove("a"))).toMatchInlineSnapshot(`
      "unfit: after this edit the file could not be used
      providers: every provider is disabled"
    `);
    expect(refusal({ providers: { a: provider("a") } }, remove("a"))).toMatchInlineSnapshot(`
      "unfit: after this edit the file could not be used
      providers: there is no provider"
    `);
  });

  test("of a known vendor is added with its address, a model and its variable", () => {
    const edited = edit(plain, add("deepseek"));
    expect(edited.value?.providers["deepseek"]).toEqual({
      api_endpoint: "https://api.deepseek.com/chat/completions",
      api_key: "env:DEEPSEEK_API_KEY",
      model_name: "deepseek-flash",
    });
    expect("steps" in edited && edited.steps).toEqual([
      { path: "providers.deepseek", line: 13, message: "deepseek is added" },
    ]);
  });

  test("whose variable is not set is added disabled, and the answer says so", () => {
    const edited = edit(plain, add("moonshot"));
    expect(edited.value?.providers["moonshot"]).toMatchObject({ enabled: false });
    expect("steps" in edited && edited.steps[0]?.message).toBe(
      "moonshot is added, but disabled: the variable MOONSHOT_API_KEY is not set here. " +
        "Set it, then: standin provider enable moonshot",
    );
    const elsewhere = edit(plain, add("moonshot"), { keysElsewhere: true });
    expect(elsewhere.value?.providers["moonshot"]).not.toHaveProperty("enabled");
  });

  test.each(providerPresets)(
    "of the vendor $name can be added as it is known",
    ({ name, model }) => {
      const given = model === null ? ["model_name=some-model"] : [];
      const edited = edit(plain, add(name, ...given), { keysElsewhere: true });
      expect(edited.outcome).toBe("edited");
      expect(
        "problems" in edited && edited.problems.filter((one) => one.severity !== "note"),
      ).toEqual([]);
    },
  );

  test("is written as the others are, and where it is asked to be", () => {
    const file = { providers: { a: { provider_name: "a", ...provider("a") }, b: provider("b") } };
    const places = [
      [{ at: "first" }, ["new", "a", "b"]],
      [{ at: { after: "a" } }, ["a", "new", "b"]],
      [{}, ["a", "b", "new"]],
    ] as const;
    for (const [at, names] of places) {
      const what = { ...add("openai", "priority=3"), name: "new", ...at } as ConfigurationEdit;
      const edited = edit(file, what);
      expect(Object.keys(edited.value?.providers ?? {})).toEqual(names);
      expect(Object.keys(edited.value?.providers["new"] ?? {})).toEqual([
        ...["provider_name", "api_endpoint", "api_key", "model_name", "priority"],
      ]);
    }
  });

  test("is not added over another, nor without what it needs", () => {
    expect(refusal(plain, { ...add("openai"), name: "a" })).toMatchInlineSnapshot(
      `"misused: there is already a provider "a" (line 3): change it with \`standin provider set\`, or give the new one another --name"`,
    );
    expect(refusal(plain, add("a"))).toContain('there is already a provider "a" (line 3)');
    expect(refusal(plain, add("deepsek"))).toMatchInlineSnapshot(
      `"misused: "deepsek" is no vendor that is known by name, so it needs --endpoint, --model and --key; did you mean deepseek?"`,
    );
    expect(refusal(plain, add("groq"))).toMatchInlineSnapshot(
      `"misused: nobody can know which model of groq you use, so it needs --model"`,
    );
    expect(
      refusal(plain, add("mine", "api_endpoint=http://localhost:9/v1", "model_name=m")),
    ).toMatchInlineSnapshot(
      `"misused: it needs --key env:NAME or --key file:/path, or --key none where none is asked for"`,
    );
    expect(refusal(plain, add("openai", "api_key=sk-test-VISIBLE"))).toMatchInlineSnapshot(
      `"misused: a key in the command would be in your shell's history: write --key env:NAME or --key file:/path, or pipe it in with --key -"`,
    );
    expect(refusal(plain, { ...add("openai"), at: { after: "c" } } as ConfigurationEdit)).toContain(
      'there is no provider "c"',
    );
    expect(refusal(plain, add("__proto__", "api_endpoint=http://localhost:9/v1"))).toContain(
      "misused",
    );
  });

  test("that is named elsewhere is removed by force alone, from everywhere", () => {
    const file = {
      ...plain,
      routes: { r: { providers: ["a", "b"] }, s: { providers: ["b", "a", "b"] } },
    };
    expect(refusal(file, remove("a"))).toMatchInlineSnapshot(
      `"misused: "a" is named in routes.r.providers (line 16), routes.s.providers (line 22): take it out there first, or --force takes it out everywhere"`,
    );
    const edited = edit(file, remove("a", true));
    expect(edited.value).toEqual({
      providers: { b: provider("b") },
      routes: { r: { providers: ["b"] }, s: { providers: ["b", "b"] } },
    });
    const alone = { ...plain, routes: { r: { providers: ["a"] } } };
    expect(refusal(alone, remove("a", true))).toMatchInlineSnapshot(
      `"misused: routes.r.providers (line 16) would name nobody: remove that, or name others there first"`,
    );
  });
});

describe("a task", () => {
  test("is added under routes, or where the others are", () => {
    const settings = ["providers=a,b", "overrides.max_tokens=9", "failover.deadline=30"];
    const made = {
      providers: ["a", "b"],
      overrides: { max_tokens: 9 },
      failover: { deadline: 30 },
    };
    expect(edit(plain, task("add", "sum", ...settings)).value).toEqual({
      ...plain,
      routes: { sum: made },
    });
    const tasks = { ...plain, tasks: { t: { providers: ["b"] } } };
    expect(edit(tasks, task("add", "sum", ...settings)).value).toEqual({
      ...plain,
      tasks: { t: { providers: ["b"] }, sum: made },
    });
  });

  test("is set and removed where it stands", () => {
    const file = { ...plain, routes: { default: { providers: ["b", "a"] } }, tasks: { t: {} } };
    expect(
      edit(file, task("set", "t", "local_only=false", "providers=a")).value?.["tasks"],
    ).toEqual({
      t: { local_only: false, providers: ["a"] },
    });
    const gone = edit(file, { edit: "remove-route", name: "t" });
    expect(gone.value).toEqual({ ...file, tasks: {} });
  });

  test("that cannot be is refused", () => {
    const file = { ...plain, routes: { sum: { providers: ["a", "b"] } } };
    expect(refusal(file, task("add", "sum"))).toMatchInlineSnapshot(
      `"misused: there is already a task "sum" (line 15): change it with \`standin task set\`"`,
    );
    expect(refusal(file, task("set", "sun", "providers=a"))).toMatchInlineSnapshot(
      `"misused: there is no task "sun" in the file: did you mean "sum"?"`,
    );
    expect(refusal(file, task("set", "sum", "max_tokens=9"))).toMatchInlineSnapshot(
      `"misused: "max_tokens" is not a setting of a task: did you mean "overrides.max_tokens"?"`,
    );
    expect(refusal(file, task("add", "t", "providers=a,c"))).toMatchInlineSnapshot(`
      "unfit: after this edit the file could not be used
      routes.t.providers[1]: there is no provider "c""
    `);
  });
});

describe("a file of an older shape", () => {
  const tasks = readFileSync(join(import.meta.dirname, "..", "older", "tasks.json"), "utf8");
  const table = "model_selection.task_specific_models";

  test("has its tasks changed where they stand", () => {
    const edited = edit(tasks, task("set", "translation", "overrides.max_tokens=301"));
    expect(edited.text).toBe(changed(tasks, /("translation"[^}]*"max_tokens": )300/u, "$1301"));
    expect("steps" in edited && edited.steps[0]?.path).toBe(
      `${table}.translation.model_settings.max_tokens`,
    );
    expect(refusal(tasks, task("set", "translation", "failover.deadline=3"))).toBe(
      `misused: ${table}.translation has an older form, which knows providers and overrides ` +
        "alone: `standin import` writes the newer one",
    );
  });

  test("gets a new task beside the others, as far as their form goes", () => {
    const settings = ["providers=qwen", "overrides.temperature=0.1"];
    const made = { preferred_providers: ["qwen"], model_settings: { temperature: 0.1 } };
    const old = edit(tasks, task("add", "new", ...settings));
    expect(valueIn(old.value, `${table}.new`)).toEqual(made);
    const newer = edit(tasks, task("add", "new", ...settings, "failover.deadline=60"));
    expect(valueIn(newer.value, "routes.new.failover.deadline")).toBe(60);
  });

  test("has a provider removed from every list by force", () => {
    expect(refusal(tasks, remove("deepseek"))).toContain("model_selection.fallback_providers");
    const edited = edit(tasks, remove("deepseek", true), { environment: bare });
    // One task prefers nobody else.
    expect(edited).toMatchObject({ outcome: "misused" });
    const others = edit(tasks, { edit: "remove-route", name: "coding_tasks" });
    const gone = edit(others.text, remove("deepseek", true));
    expect(gone.text).not.toContain("deepseek");
    expect(valueIn(gone.value, "model_selection.fallback_providers")).toEqual([]);
  });

  test("has its entries changed as they stand", () => {
    expect(edit(tasks, turn("zhipu", false)).text).toBe(
      changed(tasks, /("zhipu": \{[^}]*"enabled": )true/u, "$1false"),
    );
  });
});

describe("whatever a file looks like", () => {
  const marks = ["", "\uFEFF"];

  test("an edit changes what it says, and its opposite changes it back", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const pick = chance(seed);
        const file = {
          providers: { a: provider("a"), b: provider("b", { timeout: 9, enabled: true }) },
          ...pick({}, { routes: { r: { providers: ["a", "b"] } } }),
        };
        const before = pick(...marks) + write(file, drawHand(pick), pick);
        const [there, back] = pick<readonly [ConfigurationEdit, ConfigurationEdit]>(
          [add("openai"), remove("openai")],
          [set("b", "timeout=7"), set("b", "timeout=9")],
          [turn("b", false), turn("b", true)],
          [task("add", "t", "providers=b"), { edit: "remove-route", name: "t" }],
        );
        const after = edit(before, there);
        expect(after.outcome).toBe("edited");
        expect(after.text.startsWith("\uFEFF")).toBe(before.startsWith("\uFEFF"));
        const undone = edit(after.text, back);
        expect(undone.outcome).toBe("edited");
        const { routes = {}, ...rest } = undone.value as { routes?: object };
        expect({ ...rest, routes }).toEqual({ routes: {}, ...file });
        expect(undone.text.startsWith("\uFEFF")).toBe(before.startsWith("\uFEFF"));
      }),
      { numRuns: 400 },
    );
  });

  test("one that is no JSON, or that nobody can read, is left alone", () => {
    for (const text of ["", "{", "[]", '{ "providers": { "a": 1, } ', "null", `{"a":`.repeat(99)]) {
      expect(refusal(text, turn("a", false))).toContain("unreadable: ");
    }
    for (const value of [null, 3, "text", [], true]) {
      expect(refusal({ providers: value }, add("openai"))).toMatch(/^(misused|unfit): /u);
      expect(refusal({ providers: value }, turn("a", false))).toContain("there is no provider");
    }
    const twice = '{ "providers": { "a": { "enabled": true, "enabled": true } } }';
    expect(refusal(twice, turn("a", false))).toContain('"enabled" stands in the file twice');
    const odd = { providers: { a: provider("a", { timeouts: 3 }), b: provider("b") } };
    expect(refusal(odd, set("a", "timeouts.idle=3"))).toContain("holds no settings");
  });

  test("the starter file takes any edit and keeps its comments", () => {
    const edited = edit(starterConfiguration, add("openai"));
    const [head = "", tail = ""] = edited.text.split(/ {4}"openai": \{[^}]*\},\n/u);
    expect(head + tail).toBe(starterConfiguration);
    expect(edit(edited.text, remove("openai")).text).toBe(starterConfiguration);
  });
});

function changed(text: string, what: RegExp, by: string): string {
  expect(text).toMatch(what);
  return text.replace(what, by);
}

function valueIn(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Json)[key], value);
}

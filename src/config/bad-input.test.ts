import { describe, expect, test } from "vitest";
import { sayProblem } from "../errors.ts";
import type { LoadOptions } from "./load.ts";
import { loadConfiguration } from "./load.ts";

/** Every way a file can be wrong is a listed problem with its place and a hint. */

const options: LoadOptions = {
  files: {
    readSync: () => {
      throw Object.assign(new Error("no"), { code: "EACCES" });
    },
    read: () => Promise.reject(new Error("not asked for")),
  },
  environment: { get: (name) => (name.startsWith("SET") ? `sk-test-${name}` : undefined) },
};

const endpoint = "https://api.deepseek.com/v1/chat/completions";

function provider(settings: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { api_endpoint: endpoint, api_key: "env:SET", model_name: "deepseek-flash", ...settings };
}

function file(settings: Readonly<Record<string, unknown>>, rest: object = {}): string {
  return JSON.stringify({ providers: { one: provider(settings) }, ...rest });
}

function tell(input: string | Uint8Array, changes: Partial<LoadOptions> = {}): readonly string[] {
  const { snapshot, problems } = loadConfiguration(input, { ...options, ...changes });
  expect(snapshot === null).toBe(problems.some(({ severity }) => severity === "error"));
  expect(problems.filter(({ severity, hint }) => hint === "" && severity !== "note")).toEqual([]);
  return problems.map((problem) => sayProblem("f", problem));
}

/** What is told of one provider's settings, places left out. */
function tellOf(settings: Readonly<Record<string, unknown>>, rest: object = {}): readonly string[] {
  return tell(file(settings, rest)).map((line) => line.replace(/^f:\d+:\d+ (?:providers\.)?/u, ""));
}

test("a good file has nothing to tell", () => {
  expect(tell(file({}))).toEqual([]);
});

describe("what is no configuration at all", () => {
  test.each([
    ["", "f:1:1 the file is empty. `standin init` writes a first one"],
    [
      " \n// nothing yet\n",
      "f:1:1 the file holds nothing but comments. `standin init` writes a first one",
    ],
    ["null", "f:1:1 the file must hold an object, found null"],
    ["[]", "f:1:1 the file must hold an object, found a list"],
    ["\n  42", "f:2:3 the file must hold an object, found 42"],
    ['"text"', 'f:1:1 the file must hold an object, found the text "text"'],
    ["true", "f:1:1 the file must hold an object, found true"],
    ["{}", "f:1:1 providers: is missing"],
    ['{"providers": null}', "f:1:15 providers: must be an object: { … }, found null"],
    ['{"providers": [1]}', "f:1:15 providers: must be an object: { … }, found a list"],
    ['{"providers": "x"}', 'f:1:15 providers: must be an object: { … }, found the text "x"'],
    ['{"providers": {}}', "f:1:15 providers: there is no provider"],
    ['{"providers": {"a": null}}', "f:1:21 providers.a: must be an object: { … }, found null"],
    ['{"providers": {"a": [] }}', "f:1:21 providers.a: must be an object: { … }, found a list"],
    ['{"providers": {"a": {}}}', "f:1:16 providers.a.api_endpoint: is missing"],
  ])("%s", (text, beginning) => {
    const [first = ""] = tell(text);
    expect(first.slice(0, beginning.length)).toBe(beginning);
  });

  test("bytes that are not UTF-8", () => {
    expect(tell(new Uint8Array([0xff, 0xfe, 0x7b, 0x00]))).toEqual([
      "f:1:1 the file is UTF-16, not UTF-8 text. Save it in the encoding UTF-8",
    ]);
    const latin = new Uint8Array([0x7b, 0x0d, 0x0a, 0x20, 0xfc, 0x7d]);
    expect(tell(latin)).toEqual([
      "f:2:2 the file is not UTF-8 text: here it is broken. Save it in the encoding UTF-8",
    ]);
  });

  test("a file over 1 MB, before it is parsed", () => {
    expect(tell(`${" ".repeat(1_000_000)}{`)).toEqual([
      expect.stringMatching(/^f:1:1 the file is too large: 1000001 bytes/u),
    ]);
  });

  test("nesting over 64, before it is parsed, brackets in texts and comments left out", () => {
    const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(tell(deep(400_000))).toEqual([expect.stringMatching(/^f:1:1 .*more than 64 deep/u)]);
    expect(tell(file({ extra_body: { text: deep(100), quote: '\\"[' } }))).toEqual([]);
    expect(tell(`// ${deep(100)}\n/* ${deep(100)} */${file({})}`)).toEqual([]);
    expect(tell(`"${"\\".repeat(900_000)}`)).toHaveLength(1);
    expect(tell(`"${"a".repeat(900_000)}`)).toHaveLength(1);
  });

  test("a mark of byte order is fine and counts as no column", () => {
    expect(tell(`\uFEFF${file({})}`)).toEqual([]);
    expect(tell('\uFEFF{"providers":{}}')[0]).toMatch(/^f:1:14 /u);
  });
});

describe("what is not JSON", () => {
  test.each([
    ["nope", "f:1:1 not JSON: texts stand in double quotes"],
    ['{"a": 1\n "b": 2}', "f:2:2 not JSON: a comma is missing before this"],
    ['{\r\n"a": 1\r\n\r\n "b": 2}', "f:4:2 not JSON: a comma is missing before this"],
    ["{'a': 1}", "f:1:2 not JSON: texts stand in double quotes"],
    ["{a: 1}", 'f:1:2 not JSON: names of settings stand in double quotes. Write "a"'],
    ['{"a" 1}', "f:1:6 not JSON: a colon is expected"],
    ['{"a": 1', "f:1:8 not JSON: a closing } is missing"],
    ['{"a": [1', "f:1:9 not JSON: a closing ] is missing"],
    ['{"a": "x\n}', "f:1:7 not JSON: a text is not closed on its line"],
    ['{"a": "\\x"}', "f:1:7 not JSON: a text holds an escape"],
    ['{"a": 1} trailing', "f:1:10 not JSON: the file goes on after its end"],
    ['{"a": 1}}', "f:1:9 not JSON: the file goes on after its end"],
    ["{} /* open", "f:1:4 not JSON: a comment is not closed"],
  ])("%s", (text, beginning) => {
    expect(tell(text).join("\n")).toContain(beginning);
  });

  test("comments and trailing commas are", () => {
    expect(tell(`/* yes */ ${file({}).slice(0, -1)}, // and this\n}`)).toEqual([]);
  });
});

describe("keys", () => {
  test("a repeated key is an error at its second place", () => {
    const text = `{"providers": {\n"a": ${JSON.stringify(provider())},\n"a": ${JSON.stringify(provider())}}}`;
    expect(tell(text)).toEqual([
      "f:3:1 providers.a: stands here a second time in the same object. " +
        "Keep one of them: only the last would count",
    ]);
  });

  test("names that reach into every object are refused wherever names are free", () => {
    const one = JSON.stringify(provider());
    const text = `{"providers": {"one": ${one}, "__proto__": ${one}, "constructor": {}, "x": {
      "headers": {"prototype": "a"}, "extra_body": {"deep": {"__proto__": 1}}}}}`;
    const told = tell(text).filter((line) => line.includes("keeps for itself"));
    expect(told.map((line) => line.split(" ")[1])).toEqual([
      "providers.__proto__:",
      "providers.constructor:",
      "providers.x.headers.prototype:",
      "providers.x.extra_body.deep.__proto__:",
    ]);
  });

  test("one that is nearly known is an error, one that is not a warning, a remark nothing", () => {
    expect(tellOf({ timeuot: 3, maxTokens: 2, colour: "red", _why: "x" })).toEqual([
      'one.timeuot: is not a known setting. Did you mean "timeout"?',
      'one.maxTokens: is not a known setting. Did you mean "max_tokens"?',
      expect.stringMatching(/^one.colour: warning: is not a known setting and is ignored. Known/u),
    ]);
    expect(tellOf({}, { $schema: "./s.json" })).toEqual([]);
    expect(tellOf({ timeouts: { totla: 1 } })[0]).toContain('Did you mean "total"?');
    expect(tellOf({}, { failover: { backoff: { bse: 1 } } })[0]).toContain('"base"?');
    expect(tellOf({}, { failure_rules: [{ kind: "quota", sttus: 1 }] })[0]).toContain('"status"?');
  });

  test("in strict mode a warning is an error", () => {
    const [line] = tell(file({ colour: "red" }), { strict: true });
    expect(line).toMatch(/ providers.one.colour: is not a known setting and is ignored/u);
  });

  test.each([
    ["weight", { weight: 1 }, {}],
    ["store", {}, { store: {} }],
  ])("%s is said to be of a later version", (_, settings, rest) => {
    expect(tellOf(settings, rest)).toEqual([
      expect.stringContaining("is a setting that this version does not have yet. Take it out"),
    ]);
  });
});

describe("values", () => {
  const seconds = "must be a number of seconds from 0.01 to 86400, found";
  test.each([
    [{ timeout: "30" }, `timeout: ${seconds} the text "30". Write 30 without quotes`],
    [
      { timeout: "30s" },
      `timeout: ${seconds} the text "30s". Durations are plain numbers of seconds: write 30`,
    ],
    [
      { timeout: "500 ms" },
      `timeout: ${seconds} the text "500 ms". Durations are plain numbers of seconds: write 0.5`,
    ],
    [
      { timeout: "1.5 minutes" },
      `timeout: ${seconds} the text "1.5 minutes". Durations are plain numbers of seconds: write 90`,
    ],
    [
      { timeout: "2hrs" },
      `timeout: ${seconds} the text "2hrs". Durations are plain numbers of seconds: write 7200`,
    ],
    [
      { timeout: "30 mass" },
      `timeout: ${seconds} the text "30 mass". Write a number within these bounds`,
    ],
    [{ timeout: -1 }, `timeout: ${seconds} -1`],
    [{ timeout: 0 }, `timeout: ${seconds} 0`],
    [{ timeout: 90_000 }, `timeout: ${seconds} 90000. Durations are in seconds, not milliseconds`],
    [{ timeout: null }, `timeout: ${seconds} null. Take it out`],
    [{ timeout: [30] }, `timeout: ${seconds} a list`],
    [{ timeouts: { idle: "x" } }, `timeouts.idle: ${seconds} the text "x"`],
    [{ timeouts: 3 }, "timeouts: must be an object: { … }, found 3"],
    [{ temperature: "hot" }, 'temperature: must be a number from 0 to 2, found the text "hot"'],
    [{ temperature: 2.5 }, "temperature: must be a number from 0 to 2, found 2.5"],
    [{ max_tokens: 0 }, "max_tokens: must be a whole number from 1 to 10000000, found 0"],
    [{ max_tokens: 1.5 }, "max_tokens: must be a whole number from 1 to 10000000, found 1.5"],
    [{ max_tokens: 1e300 }, "max_tokens: must be a whole number from 1 to 10000000, found 1e+300"],
    [{ retry_attempts: -3 }, "retry_attempts: must be a whole number from 0 to 20, found -3"],
    [{ retry_attempts: 21 }, "retry_attempts: must be a whole number from 0 to 20, found 21"],
    [{ retry_attempts: true }, "retry_attempts: must be a whole number from 0 to 20, found true"],
    [
      { enabled: "false" },
      'enabled: must be true or false, found the text "false". Write false without quotes',
    ],
    [{ model_name: 5 }, "model_name: must be text: the model's name, found 5. Write it in double"],
    [
      { model_name: "m " },
      'model_name: must be text: the model\'s name, found the text "m ". Take out the space around',
    ],
    [{ model_name: "" }, "model_name: must be text: the model's name, found an empty text"],
    [{ priority: -1 }, "priority: must be a number, lower is earlier, from 0 to 1000, found -1"],
    [{ capabilities: "tools" }, "capabilities: must be a list of words: [ … ], found the text"],
    [{ capabilities: [3] }, "capabilities[0]: must be a word, as in tools, found 3"],
    [
      { capabilities: ["tool"] },
      'capabilities[0]: warning: "tool" is no word that a request needs by itself. Did you mean "tools',
    ],
    [{ extra_body: [] }, "extra_body: must be an object: { … }, found a list"],
    [{ headers: { "x-a": 1 } }, "headers.x-a: must be text: the header's value, found a number"],
    [
      { thinking: "of" },
      'thinking: must be one of "off", "on", "vendor", found the text "of". Did you mean "off"?',
    ],
    [{ vendor: "acme" }, 'vendor: must be one of "qwen", "deepseek", "openai", found the text'],
    [
      { protocol: "smoke" },
      'protocol: must be one of "openai_chat", "dashscope", found the text "smoke"',
    ],
    [
      { protocol: "anthropic" },
      'protocol: "anthropic" is not spoken by this version. Write openai_chat or dashscope',
    ],
    [{ provider_name: "two" }, 'provider_name: is "two", but the entry\'s key is "one". Make'],
  ])("%j", (settings, beginning) => {
    const [first = ""] = tellOf(settings);
    expect(first.slice(0, beginning.length + 4)).toBe(`one.${beginning}`);
  });

  test("an absurd number that JSON reads as infinite", () => {
    expect(tell(file({ timeout: "@" }).replace('"@"', "1e999"))[0]).toContain("found Infinity");
  });

  test("a choice nearly right is named, also among many", () => {
    const [line = ""] = tellOf({}, { failure_rules: [{ kind: "quotas" }] });
    expect(line).toMatch(/found the text "quotas"\. Did you mean "quota"\?$/u);
  });

  test("failover and failure_rules are held to the same", () => {
    const rest = {
      failover: { deadline: "60", max_attempts: 0, retry: "both", backoff: { factor: 0.5 } },
      failure_rules: [{ kind: "deadline" }, 3, { kind: "quota", status: 42 }],
    };
    expect(tellOf({}, rest).map((line) => line.split(",")[0])).toEqual([
      "failover.deadline: must be a number of seconds from 0.01 to 86400",
      "failover.max_attempts: must be a whole number from 1 to 1000",
      'failover.retry: must be one of "same_first"',
      "failover.backoff.factor: must be a number from 1 to 100",
      'failure_rules[0].kind: must be one of "network"',
      "failure_rules[1]: must be an object: { … }",
      "failure_rules[2].status: must be a whole number from 100 to 599",
    ]);
  });
});

describe("endpoints", () => {
  test.each([
    ["api.deepseek.com/v1", "must be a whole URL that begins with https://. Write https:// in"],
    ["/v1/chat/completions", "must be a whole URL that begins with https://"],
    ["ftp://api.deepseek.com/x", "must be a whole URL that begins with https://"],
    ["https://", "must be a whole URL that begins with https://"],
    ["https://api.deep seek.com/", "must be a whole URL that begins with https://"],
    ["http://api.deepseek.com/v1/chat/completions", "would send the key unencrypted to a public"],
    ["http://8.8.8.8/v1/chat/completions", "would send the key unencrypted to a public host"],
    ["http://[2001:db8::1]/v1/chat/completions", "would send the key unencrypted to a public"],
    ["https://me:secret@api.deepseek.com/v1/chat/completions", "holds a user or a password"],
    [`${endpoint}?api_key=hush`, "holds a key in its query"],
    [`${endpoint}?key=hush`, "holds a key in its query"],
    [`${endpoint}?access_token=hush`, "holds a key in its query"],
    ["https://proxy.example/sk-hush0123456789abcd/v1", "holds a key in its path"],
    [`${endpoint}#there`, "holds a fragment, which is never sent"],
  ])("%s", (api_endpoint, beginning) => {
    const told = tellOf({ api_endpoint });
    expect(told[0]).toContain(`one.api_endpoint: ${beginning}`);
    expect(told.join("\n")).not.toMatch(/hush|secret@/u);
  });

  test.each([
    "http://localhost:8080/v1/chat/completions",
    "http://127.0.0.1:9/v1/chat/completions",
    "http://[::1]/v1/chat/completions",
    "http://10.1.2.3/v1/chat/completions",
    "http://172.20.0.1/v1/chat/completions",
    "http://192.168.1.1/v1/chat/completions",
    "http://gpu.local/v1/chat/completions",
    "http://ollama:11434/v1/chat/completions",
    "http://[fd00::1]/v1/chat/completions",
  ])("plain http within the house: %s", (api_endpoint) => {
    expect(tellOf({ api_endpoint })).toEqual([]);
  });
});

describe("headers", () => {
  test.each([
    ["Authorization", "is not a header to set here: it is made from `api_key`"],
    ["content-length", "is not a header to set here"],
    ["Host", "is not a header to set here"],
    ["two words", "is not a name a header can have"],
  ])("%s", (name, message) => {
    expect(tellOf({ headers: { [name]: "x" } })[0]).toContain(message);
  });

  test("a value no header can carry, and a name that is there twice", () => {
    expect(tellOf({ headers: { a: "x\ny" } })[0]).toContain("no header can carry");
    expect(tellOf({ headers: { "x-a": "1", "X-A": "2" } })[0]).toContain("a second time");
  });
});

describe("contradictions and settings without effect", () => {
  const two = { providers: { a: provider(), b: provider({ api_key: "env:SET_2" }) } };
  test.each<[object, readonly string[]]>([
    [
      { providers: { a: provider({ timeouts: { first_content: 9, total: 3 } }) } },
      ["providers.a.timeouts.first_content: 9 s to the first content outlast the total of 3 s"],
    ],
    [
      { ...two, failover: { deadline: 1.5 } },
      ["failover.deadline: 1.5 s for 2 providers leaves each a share of 0.75 s, less than 1 s"],
    ],
    [
      { providers: { a: provider({ retry_attempts: 0 }) } },
      ["providers.a.retry_attempts: warning: 0 is read as 1"],
    ],
    [
      { providers: { a: provider({ retry_attempts: 5 }) }, failover: { max_attempts: 2 } },
      ["providers.a.retry_attempts: warning: 5 has no effect beyond failover.max_attempts, 2"],
    ],
    [
      { ...two, failover: { max_attempts: 1 } },
      [
        "providers.a.retry_attempts: warning: 3 has no effect",
        "providers.b.retry_attempts: warning: 3 has no effect",
        'failover.max_attempts: warning: 1 attempt ends before a turn of "b" when all fail',
      ],
    ],
    [
      { ...two, failover: { deadline: 7 } },
      [
        "providers.a.retry_attempts: warning: only 2 of 3 tries can ever happen within the deadline",
        "providers.b.retry_attempts: warning: only 2 of 3 tries can ever happen within the deadline",
      ],
    ],
    [
      { ...two, failover: { backoff: { base: 40, max: 30 } } },
      ["failover.backoff.base: warning: has no effect: backoff.max holds every wait to 30 s"],
    ],
    [
      { providers: { a: provider({ timeouts: { connect: 40, idle: 50, total: 20 } }) } },
      [
        "providers.a.timeouts.connect: warning: has no effect: an attempt ends after 20 s",
        "providers.a.timeouts.idle: warning: has no effect: a stream ends after 20 s",
      ],
    ],
    [
      { providers: { a: provider({ timeout: 30, timeouts: { total: 20 } }) } },
      ["providers.a.timeout: warning: has no effect beyond timeouts.total"],
    ],
    [
      { providers: { a: provider({ timeout: 30_000 }) } },
      ["providers.a.timeout: warning: 30000 s is longer than an hour. Durations are in seconds"],
    ],
    [
      { providers: { a: provider({ extra_body: { model: "x", top_k: 1 } }) } },
      ["providers.a.extra_body.model: is said by each request"],
    ],
  ])("%j", (content, beginnings) => {
    const told = tell(JSON.stringify(content)).map((line) => line.replace(/^f:\d+:\d+ /u, ""));
    expect(told.map((line, index) => line.slice(0, beginnings[index]?.length))).toEqual(beginnings);
  });
});

test("everything is told at once, in the order of the file", () => {
  const text = `{
  "providers": {
    "a": { "api_endpoint": "http://api.example.com/v1/chat/completions",
           "api_key": "env:MISSING",
           "timeout": "30", "colour": 1, "timeuot": 1 },
    "b": { "api_endpoint": "${endpoint}", "api_key": "file:/locked",
           "model_name": "m", "retry_attempts": 0, "protocol": "smoke",
           "timeouts": { "first_content": 5, "total": 1 } }
  },
  "failover": { "deadline": 1, "retyr": 1 }
}`;
  expect(tell(text).map((line) => line.split(":").slice(0, 4).join(":"))).toEqual([
    "f:3:5 providers.a.model_name: is missing",
    "f:3:28 providers.a.api_endpoint: would send the key unencrypted to a public host. Write https",
    'f:4:23 providers.a.api_key: the variable MISSING is not set. Set MISSING, or write "enabled"',
    'f:5:23 providers.a.timeout: must be a number of seconds from 0.01 to 86400, found the text "30". Write 30 without quotes',
    "f:5:29 providers.a.colour: warning",
    'f:5:42 providers.a.timeuot: is not a known setting. Did you mean "timeout"?',
    expect.stringMatching(/^f:6:\d+ providers.b.api_key: the key file \/locked cannot be read/u),
    expect.stringMatching(/^f:7:\d+ providers.b.retry_attempts: warning/u),
    expect.stringMatching(/^f:7:\d+ providers.b.protocol: must be one of/u),
    expect.stringMatching(/^f:8:\d+ providers.b.timeouts.first_content: 5 s to the first/u),
    expect.stringMatching(/^f:10:29 failover.deadline: 1 s for 2 providers leaves each/u),
    expect.stringMatching(/^f:10:32 failover.retyr: is not a known setting/u),
  ]);
});

test("a flood of problems is cut, an error among the rest kept", () => {
  const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`n${index}`, 3]));
  const told = tell(JSON.stringify({ providers: many }));
  expect(told).toHaveLength(201);
  expect(told[200]).toContain("and 700 more problems");
  const crowd = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`n${index}`, 3]));
  expect(tell(JSON.stringify({ providers: crowd }))).toEqual([
    expect.stringContaining("providers: has 1001 entries, more than the 1000 allowed"),
  ]);
  expect(tell(`{"providers": {${'"a":1,'.repeat(150_000)}}}`)).toEqual([
    expect.stringContaining("providers: has 150000 entries, more than the 1000 allowed"),
  ]);
});

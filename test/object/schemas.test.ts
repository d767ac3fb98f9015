import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { ObjectAnswer } from "../../src/index.ts";
import { mayBeObject } from "../../src/object/may-be-object.ts";
import { entry, entryRequest, entrySchema, entryText, failureOf, talkers } from "./world.ts";

/** The kinds of schema there are: what each makes of an answer, what it is typed as, what is told. */

const tags = ["开心快乐", "悲伤难过", "平静"] as const;

type Entry = { title: string; content: string; tags: (typeof tags)[number][] };

const zodEntry = z.object({
  title: z.string().meta({ maxGraphemes: 6 }),
  content: z.string(),
  tags: z.array(z.enum(tags)).min(1).max(3),
});

const valibotEntry = v.object({
  title: v.string(),
  content: v.string(),
  tags: v.array(v.picklist(tags)),
});

const arktypeEntry = type({
  title: "string",
  content: "string",
  tags: "('开心快乐' | '悲伤难过' | '平静')[]",
});

const wrongTag = JSON.stringify({ ...entry, tags: ["高兴"] });

describe("zod", () => {
  test("says itself as JSON Schema; the object is typed", async () => {
    const { manager, play, lab } = talkers({ qwen: [wrongTag, entryText] });
    const answer = await play(manager.generateObject(entryRequest, { schema: zodEntry }));
    expectTypeOf(answer.object).toEqualTypeOf<Entry>();
    expectTypeOf(answer).toEqualTypeOf<ObjectAnswer<Entry>>();
    expectTypeOf(answer.source).toEqualTypeOf<"model" | "repaired">();
    expect(answer.object).toEqual(entry);
    expect(answer.attempts[0]?.failure?.message).toContain("tags[0]: Invalid option");
    expect(lab.requests[0]?.body).toContain("at most 6 characters (an emoji counts as one)");
  });

  test("that cannot say itself says what to pass", async () => {
    const schema = z.object({ on: z.date() });
    const { manager, lab } = talkers({ qwen: [entryText] });
    const error = await failureOf(manager.generateObject(entryRequest, { schema }));
    expect(error.kind).toBe("bad_request");
    expect(error.message).toMatch(/Date cannot be represented.*pass .*`jsonSchema` beside it/u);
    expect(lab.requests).toEqual([]);
  });

  test("may check in its own time", async () => {
    const schema = zodEntry.refine(async ({ title }) => Promise.resolve(title !== "草稿"), {
      message: "must be no draft",
    });
    const draft = JSON.stringify({ ...entry, title: "草稿" });
    const { manager, play } = talkers({ qwen: [draft, entryText] });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.source).toBe("repaired");
    expect(answer.attempts[0]?.failure?.message).toContain("the object must be no draft");
  });

  test("whose own check throws is the caller's fault, and no provider's", async () => {
    const schema = zodEntry.refine(() => {
      throw new TypeError("oops");
    });
    const { manager, play } = talkers({ qwen: [entryText] });
    const error = await failureOf(play(manager.generateObject(entryRequest, { schema })));
    expect(error.kind).toBe("bad_request");
    expect(error.message).toContain("The schema's own check threw (TypeError: oops)");
    expect(manager.getProviderStatus().providers["qwen"]?.state).toBe("ready");
  });

  test("whose own asynchronous check throws is the caller's fault, and nothing else's", async () => {
    let checks = 0;
    const schema = z.object({ a: z.string() }).refine(async () => {
      checks += 1;
      throw new Error("the database is down");
    });
    const { manager, play } = talkers({ qwen: ['{"a":"x"}'] });
    // A rejection that nobody catches would end the program, and fails the test.
    const error = await failureOf(play(manager.generateObject(entryRequest, { schema })));
    expect(error.kind).toBe("bad_request");
    expect(error.message).toContain("the database is down");
    expect(checks).toBe(1);
  });

  test.each([
    ["made of a number", z.coerce.string(), "1234567", false],
    [
      "made longer",
      z
        .string()
        .transform((text) => text.repeat(4))
        .pipe(z.string()),
      '"ab"',
      false,
    ],
    ["made shorter", z.string().trim(), '"   123456   "', true],
  ])("counts the graphemes of what is given back: %s", async (_what, text, said, fits) => {
    const schema = z.object({ a: text.meta({ maxGraphemes: 6 }) });
    const { manager, play } = talkers({ qwen: [`{"a":${said}}`] });
    const asked = play(manager.generateObject(entryRequest, { schema, repair: false }));
    if (fits) expect((await asked).object).toEqual({ a: "123456" });
    else expect((await failureOf(asked)).message).toContain("graphemes, at most 6");
  });

  test("whose own check never ends is left at the deadline", async () => {
    const schema = zodEntry.refine(() => new Promise<boolean>(() => {}));
    const { manager, play } = talkers({ qwen: [entryText] });
    const asked = manager.generateObject(entryRequest, { schema, deadlineMs: 5_000 });
    expect((await failureOf(play(asked))).kind).toBe("deadline");
  });

  test("whose own check never ends is left when the caller leaves", async () => {
    const schema = zodEntry.refine(() => new Promise<boolean>(() => {}));
    const { manager, play, clock } = talkers({ qwen: [entryText] });
    const leave = new AbortController();
    clock.setTimer(1_000, () => leave.abort());
    const asked = manager.generateObject(entryRequest, { schema, signal: leave.signal });
    expect((await failureOf(play(asked))).kind).toBe("aborted");
  });
});

describe("valibot", () => {
  test("needs its JSON Schema beside it, and says so", async () => {
    const { manager, lab } = talkers({ qwen: [entryText] });
    const asked = manager.generateObject(entryRequest, { schema: valibotEntry });
    const error = await failureOf(asked);
    expect(error.message).toMatch(/This valibot schema .* @valibot\/to-json-schema beside it/u);
    expect(lab.requests).toEqual([]);
  });

  test("checks by itself what is told by the JSON Schema; graphemes are counted by that", async () => {
    const long = JSON.stringify({ ...entry, title: "一二三四五六七" });
    const { manager, play, lab } = talkers({
      qwen: [wrongTag, entryText],
      openai: [long, entryText],
    });
    const options = { schema: valibotEntry, jsonSchema: entrySchema };
    const answer = await play(manager.generateObject(entryRequest, options));
    expectTypeOf(answer.object).toEqualTypeOf<Entry>();
    expect(answer.attempts[0]?.failure?.message).toContain("tags[0]: Invalid type: Expected");
    expect(lab.requests[0]?.body).toContain("minItems");
    const other = { ...options, provider: "openai" };
    const counted = await play(manager.generateObject(entryRequest, other));
    expect(counted.attempts[0]?.failure?.message).toContain("title: 7 graphemes, at most 6");
  });

  test("may go without where the messages say what is wanted", async () => {
    const { manager, play, lab } = talkers({ openai: [entryText] });
    const options = { schema: valibotEntry, jsonSchema: null };
    const answer = await play(manager.generateObject(entryRequest, options));
    expect(answer.mode).toBe("json_object");
    expect(answer.object).toEqual(entry);
    expect(lab.requests[0]?.body).not.toContain("JSON Schema");
  });
});

test("arktype says itself as JSON Schema; the object is typed", async () => {
  const { manager, play } = talkers({ qwen: [wrongTag, entryText] });
  const answer = await play(manager.generateObject(entryRequest, { schema: arktypeEntry }));
  expectTypeOf(answer.object).toEqualTypeOf<Entry>();
  expect(answer.object).toEqual(entry);
  expect(answer.attempts[0]?.failure?.message).toContain("tags[0]:");
});

describe("JSON Schema", () => {
  test("gives unknown, or what the caller says it is", async () => {
    const { manager, play } = talkers({ qwen: [entryText] });
    const options = { schema: entrySchema };
    const answer = await play(manager.generateObject(entryRequest, options));
    expectTypeOf(answer.object).toEqualTypeOf<unknown>();
    const typed = await play(manager.generateObject<Entry>(entryRequest, options));
    expectTypeOf(typed.object).toEqualTypeOf<Entry>();
    expect(typed.object).toEqual(answer.object);
  });

  const properties = { pair: { type: "array", items: [{ type: "string" }, { type: "number" }] } };
  const pair = { type: "object", properties, required: ["pair"] };
  test.each([
    ["draft-07", { $schema: "http://json-schema.org/draft-07/schema#", ...pair }],
    ["no draft, with a list of items as in draft-07", pair],
    [
      "2020-12",
      {
        ...{ $schema: "https://json-schema.org/draft/2020-12/schema", ...pair },
        properties: { pair: { type: "array", prefixItems: properties.pair.items } },
      },
    ],
    [
      "2019-09",
      {
        $schema: "https://json-schema.org/draft/2019-09/schema",
        ...pair,
        unevaluatedProperties: false,
      },
    ],
    ["no draft, with definitions", { $ref: "#/$defs/pair", $defs: { pair } }],
  ])("of %s is kept to", async (_what, schema) => {
    const { manager, play } = talkers({ deepseek: ['{"pair":[1,2]}', '{"pair":["a",2]}'] });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.source).toBe("repaired");
    expect(answer.attempts[0]?.failure?.message).toContain(
      "pair[0]: must be string, and is number",
    );
  });

  test("that anything fits takes the last object that is not empty", async () => {
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const says = ['{"a":1} {"a":2} And no more: {}', "{}"];
    const { manager, play } = talkers({ deepseek: says });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.object).toEqual({ a: 2 });
    const empty = await play(manager.generateObject(entryRequest, { schema }));
    expect(empty.object).toEqual({});
  });

  test("with steps that no double keeps exactly", async () => {
    const price = { type: "number", multipleOf: 0.01 };
    const schema = { type: "object", properties: { price } };
    const { manager, play } = talkers({ deepseek: ['{"price":19.995}', '{"price":19.99}'] });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.object).toEqual({ price: 19.99 });
    expect(answer.attempts[0]?.failure?.message).toContain("price: must be a multiple of 0.01");
  });

  test("that asks for what every object has by birth", async () => {
    const schema = { type: "object", required: ["constructor"] };
    const { manager, play } = talkers({ deepseek: ["{}", '{"constructor":1}'] });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.source).toBe("repaired");
    expect(answer.object).toEqual({ constructor: 1 });
  });

  test("that speaks of keys names the key that is wrong", async () => {
    const schema = { type: "object", propertyNames: { maxLength: 3 } };
    const { manager, play } = talkers({ deepseek: ['{"abcd":1}', '{"abc":1}'] });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.attempts[0]?.failure?.message).toContain(
      'the object has the key "abcd": 4 characters, at most 3.',
    );
  });

  test("with whole numbers that are too long says that one was rounded", async () => {
    const schema = { type: "object", properties: { id: { type: "integer" } } };
    const says = ['{"id":9007199254740993}', '{"id":9007199254740992}'];
    const { manager, play } = talkers({ deepseek: says });
    const rounded = await play(manager.generateObject(entryRequest, { schema }));
    expect(rounded.notes).toEqual([
      "The number 9007199254740993 has more digits than a number can hold, and was rounded.",
    ]);
    expect((await play(manager.generateObject(entryRequest, { schema }))).notes).toEqual([]);
  });

  test("that refers to itself by many ways is looked through once", async () => {
    const again = Array.from({ length: 12 }, () => ({ $ref: "#/$defs/all" }));
    const schema = {
      type: "object",
      $defs: { all: { allOf: again } },
      anyOf: [{ $ref: "#/$defs/all" }, {}],
    };
    expect(mayBeObject(schema, schema)).toBe(true);
  });

  test("may name formats that nobody knows", async () => {
    const schema = { type: "object", properties: { when: { type: "string", format: "hour" } } };
    const { manager, play } = talkers({ deepseek: ['{"when":"9"}'] });
    const answer = await play(manager.generateObject(entryRequest, { schema }));
    expect(answer.object).toEqual({ when: "9" });
  });

  test("that was changed since is read anew", async () => {
    const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    const { manager, play } = talkers({ deepseek: ['{"a":"x"}'] });
    await play(manager.generateObject(entryRequest, { schema }));
    schema.properties.a.type = "number";
    const error = await failureOf(play(manager.generateObject(entryRequest, { schema })));
    expect(error.message).toContain("a: must be number, and is string");
  });

  test("with limits that only a reader would count", async () => {
    const text = (min: number, max: number) => ({
      type: "string",
      minGraphemes: min,
      maxGraphemes: max,
    });
    const schema = { type: "object", properties: { a: text(2, 3), b: text(1, 1) } };
    const { manager, play } = talkers({ deepseek: ['{"a":"👩🏿‍❤️‍💋‍👩🏿","b":"éé"}'] });
    const error = await failureOf(play(manager.generateObject(entryRequest, { schema })));
    expect(error.message).toContain("a: 1 graphemes, at least 2; b: 2 graphemes, at most 1");
  });
});

const anObject = /`schema` must describe an object: put what you want into one/u;
const cyclic: Record<string, unknown> = { type: "object" };
cyclic["properties"] = { again: cyclic };
const noSchema = /`schema` must be a JSON Schema, or a schema of zod/u;
const refused: readonly (readonly [what: string, options: object, message: RegExp])[] = [
  ["no schema", {}, /Give a `schema`/u],
  ["a schema that is none", { schema: "object" }, noSchema],
  ["a list for a schema", { schema: [] }, noSchema],
  ["a schema of lists", { schema: { type: "array" } }, /must describe an object, not array/u],
  ["zod's schema of lists", { schema: z.array(z.string()) }, /must describe an object, not array/u],
  ["a choice of lists", { schema: { anyOf: [{ type: "array" }, { type: "null" }] } }, anObject],
  ["values that are no objects", { schema: { enum: [1, 2] } }, anObject],
  [
    "a reference to a list",
    { schema: { $ref: "#/$defs/a~1b", $defs: { "a/b": { type: "array" } } } },
    anObject,
  ],
  [
    "a reference that is no address",
    { schema: { $ref: "#/%" } },
    /The JSON Schema cannot be used: /u,
  ],
  ["a schema within itself", { schema: cyclic }, /`schema` cannot be said as JSON: /u],
  [
    "a number that JSON has not",
    { schema: z.object({}), jsonSchema: { type: "object", default: 1n } },
    /`jsonSchema` cannot be said as JSON: /u,
  ],
  [
    "zod's date",
    { schema: z.object({ at: z.date() }) },
    /Date cannot be represented in JSON Schema\): use what JSON can hold, pass a JSON Schema as/u,
  ],
  [
    "an unknown type",
    { schema: { type: "object", properties: { a: { type: "text" } } } },
    /The JSON Schema cannot be used: schema is invalid/u,
  ],
  [
    "a reference to nowhere",
    { schema: { type: "object", properties: { a: { $ref: "#/$defs/b" } } } },
    /cannot be used: can't resolve reference #\/\$defs\/b/u,
  ],
  [
    "a draft that is not known",
    { schema: { $schema: "http://json-schema.org/draft-04/schema#", type: "object" } },
    /cannot be used: no schema with key or ref/u,
  ],
  [
    "a limit that is no number",
    { schema: { type: "object", properties: { a: { maxGraphemes: "6" } } } },
    /maxGraphemes/u,
  ],
  [
    "a limit below nothing",
    { schema: { type: "object", properties: { a: { type: "string", maxGraphemes: -1 } } } },
    /maxGraphemes.* must be >= 0/u,
  ],
  ["an asynchronous schema", { schema: { $async: true, type: "object" } }, /`\$async`/u],
  ["a JSON Schema beside a JSON Schema", { schema: {}, jsonSchema: {} }, /goes beside a `schema`/u],
  ["a name with a blank", { schema: {}, name: "a b" }, /`name` must be/u],
  ["a description that is no text", { schema: {}, description: 1 }, /`description` must be/u],
  ["a mode that is none", { schema: {}, mode: "xml" }, /`mode` must be one of json_schema/u],
  [
    "a misspelt option",
    { schema: {}, repiar: false },
    /no option `repiar`; did you mean `repair`/u,
  ],
  ["a repair that is no answer", { schema: {}, repair: 1 }, /`repair` must be/u],
];

test.each(refused)("%s is refused before anybody is asked", async (_what, options, message) => {
  const { manager, lab } = talkers({ qwen: [entryText] });
  const error = await failureOf(
    manager.generateObject(entryRequest, options as { schema: typeof zodEntry }),
  );
  expect(error.kind).toBe("bad_request");
  expect(error.message).toMatch(message);
  expect(lab.requests).toEqual([]);
});

test.each(["response_format", "tools", "tool_choice"])("so is a request with %s", async (name) => {
  const { manager, lab } = talkers({ qwen: [entryText] });
  const request = { ...entryRequest, [name]: {} };
  const error = await failureOf(manager.generateObject(request, { schema: entrySchema }));
  expect(error.message).toContain(`Remove \`${name}\` from the request`);
  expect(lab.requests).toEqual([]);
});

test("so are arguments that are none", async () => {
  const { manager } = talkers({ qwen: [entryText] });
  const none = undefined as unknown as { schema: typeof zodEntry };
  expect((await failureOf(manager.generateObject(entryRequest, none))).kind).toBe("bad_request");
  const nothing = null as unknown as typeof entryRequest;
  const asked = manager.generateObject(nothing, { schema: entrySchema });
  expect((await failureOf(asked)).message).toContain("The request must be an object");
});

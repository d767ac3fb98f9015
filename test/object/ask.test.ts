import { describe, expect, test } from "vitest";
import type { ObjectMode, ObjectOptions } from "../../src/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { entryRequest, entrySchema, failureOf, talkers } from "./world.ts";

/** What each provider is asked, by what the catalogue and the file say that it can do. */

type Body = {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string; readonly json_schema?: object };
  readonly tools?: readonly object[];
  readonly tool_choice?: unknown;
  readonly enable_thinking?: boolean;
  readonly stream?: boolean;
};

const compatible = "http://127.0.0.1:50001/compatible-mode/v1/chat/completions";
const words = /Answer with one JSON object.*"additionalProperties":false/su;

type Case = {
  readonly model: string;
  readonly entry?: object;
  readonly options?: Partial<ObjectOptions>;
  readonly request?: object;
  readonly mode: ObjectMode;
  readonly format: string | undefined;
  readonly inWords: boolean;
  readonly adaptation?: RegExp;
};

/** Asks a provider of the lab that speaks this and gives what it was sent. */
async function askedOf(vendor: "qwen" | "deepseek" | "openai", given: Case) {
  const { model, entry = {}, options, request } = given;
  const says = JSON.stringify({ title: "花", content: "…", tags: ["平静"] });
  const how = { models: { [vendor]: model }, entries: { [vendor]: entry } };
  const { manager, play, lab } = talkers({ [vendor]: [says] }, how);
  const answer = await play(
    manager.generateObject({ ...entryRequest, ...request }, { schema: entrySchema, ...options }),
  );
  const sent = JSON.parse(lab.requests[0]?.body ?? "{}") as Body & {
    readonly input?: { readonly messages: Body["messages"] };
    readonly parameters?: Omit<Body, "messages">;
  };
  const body: Body =
    sent.input === undefined ? sent : { ...sent.parameters, messages: sent.input.messages };
  return { answer, body };
}

const qwen: readonly (readonly [what: string, given: Case])[] = [
  [
    "takes json_object",
    { model: "qwen-flash", mode: "json_object", format: "json_object", inWords: true },
  ],
  [
    "of a later model takes the schema",
    { model: "qwen3.7-max", mode: "json_schema", format: "json_schema", inWords: false },
  ],
  [
    "that thinks is told not to",
    {
      model: "qwen-flash",
      entry: { thinking: "on" },
      mode: "json_object",
      format: "json_object",
      inWords: true,
      adaptation: /Thinking was turned off for this request: qwen-flash takes no response_format/u,
    },
  ],
  [
    "that thinks by what the file adds is told not to",
    {
      model: "qwen-flash",
      entry: { extra_body: { enable_thinking: true } },
      mode: "json_object",
      format: "json_object",
      inWords: true,
      adaptation: /Thinking was turned off/u,
    },
  ],
  [
    "that is to think by the request itself is asked in the prompt alone",
    {
      model: "qwen-flash",
      request: { enable_thinking: true },
      mode: "prompt",
      format: undefined,
      inWords: true,
      adaptation: /in the prompt alone: qwen-flash takes no response_format while it thinks/u,
    },
  ],
  [
    "that cannot but think is asked in the prompt alone",
    {
      model: "qwen3-30b-a3b-thinking",
      mode: "prompt",
      format: undefined,
      inWords: true,
      adaptation: /in the prompt alone/u,
    },
  ],
  [
    "of another house is asked in the prompt alone",
    { model: "glm-4-air", mode: "prompt", format: undefined, inWords: true },
  ],
  [
    "of another house with tools is made to call one",
    {
      model: "glm-4-air",
      entry: { capabilities: ["tools"] },
      mode: "tool",
      format: undefined,
      inWords: false,
    },
  ],
];

describe.each([
  ["DashScope's own format", {}],
  ["the compatible format", { api_endpoint: compatible }],
])("Qwen in %s", (_form, where) => {
  test.each(qwen)("%s", async (_what, given) => {
    const { answer, body } = await askedOf("qwen", {
      ...given,
      entry: { ...given.entry, ...where },
    });
    expectAsked(given, answer, body);
    if (given.adaptation?.source.includes("turned off")) {
      expect(body.enable_thinking).toBe(false);
      expect(body.stream).not.toBe(true);
      expect(answer.finishReason).toBe("stop");
    }
  });
});

const others: readonly (readonly ["deepseek" | "openai", what: string, given: Case])[] = [
  [
    "deepseek",
    "takes json_object, also while it thinks",
    {
      model: "deepseek-flash",
      entry: { thinking: "on", max_tokens: 500 },
      mode: "json_object",
      format: "json_object",
      inWords: true,
    },
  ],
  [
    "openai",
    "takes the schema, strictly",
    { model: "gpt-5.4-mini", mode: "json_schema", format: "json_schema", inWords: false },
  ],
  [
    "openai",
    "of old takes json_object",
    { model: "gpt-3.5-turbo", mode: "json_object", format: "json_object", inWords: true },
  ],
  [
    "openai",
    "whose list of capabilities has no json_schema takes json_object",
    {
      model: "gpt-5.4",
      entry: { capabilities: ["tools"] },
      mode: "json_object",
      format: "json_object",
      inWords: true,
    },
  ],
  [
    "openai",
    "takes a union as json_object",
    {
      model: "gpt-5.4",
      options: { schema: { anyOf: [entrySchema] } },
      mode: "json_object",
      format: "json_object",
      inWords: true,
    },
  ],
  [
    "openai",
    "is asked as the caller wants it: a tool",
    {
      model: "gpt-5.4",
      options: { mode: "tool" },
      mode: "tool",
      format: undefined,
      inWords: false,
    },
  ],
  [
    "openai",
    "is asked as the caller wants it: the prompt",
    {
      model: "gpt-5.4",
      options: { mode: "prompt" },
      mode: "prompt",
      format: undefined,
      inWords: true,
    },
  ],
  [
    "deepseek",
    "is asked in a weaker way than the caller wants, and says so",
    {
      model: "deepseek-flash",
      options: { mode: "json_schema" },
      mode: "json_object",
      format: "json_object",
      inWords: true,
      adaptation: /was asked for as json_object: deepseek-flash does not take json_schema/u,
    },
  ],
];

test.each(others)("%s %s", async (vendor, _what, given) => {
  const { answer, body } = await askedOf(vendor, given);
  expectAsked(given, answer, body);
});

function expectAsked(
  given: Case,
  answer: Awaited<ReturnType<typeof askedOf>>["answer"],
  body: Body,
): void {
  const said = body.messages.map(({ content }) => content).join("\n");
  expect(answer.mode).toBe(given.mode);
  expect(body.response_format?.type).toBe(given.format);
  expect(words.test(said)).toBe(given.inWords);
  expect(body.tools?.length ?? 0).toBe(given.mode === "tool" ? 1 : 0);
  expect(said).not.toContain("maxGraphemes");
  if (given.adaptation === undefined) expect(answer.adaptations.join()).not.toContain("object");
  else expect(answer.adaptations.join()).toMatch(given.adaptation);
}

describe("the schema as OpenAI is told it", () => {
  async function schemaTold(schema: Record<string, unknown>) {
    const { body } = await askedOf("openai", {
      ...{ model: "gpt-5.4", mode: "json_schema", format: "json_schema", inWords: false },
      options: { schema, name: "entry", description: "A diary entry." },
    });
    return body.response_format?.json_schema;
  }
  const text = { type: "string" };
  const right = { properties: { title: text, content: text, tags: {} }, type: "object" };

  test("strict, with our own keywords in words, where it can be said so", async () => {
    const told = await schemaTold(entrySchema);
    expect(told).toMatchObject({ name: "entry", description: "A diary entry.", strict: true });
    expect(told).toHaveProperty("schema.properties.title", {
      type: "string",
      description: "Length: at most 6 characters (an emoji counts as one). At least 1 characters.",
    });
    expect(told).toHaveProperty("schema.additionalProperties", false);
  });

  test("objects are closed for it; what may be left out cannot be said strictly", async () => {
    const required = ["title", "content", "tags"];
    expect(await schemaTold({ ...right, required })).toMatchObject({
      strict: true,
      schema: { additionalProperties: false },
    });
    expect(await schemaTold({ ...right, required: ["title"] })).toMatchObject({ strict: false });
  });
});

test("a provider that refuses a form is asked at once in a weaker one, and it is said", async () => {
  const right = JSON.stringify({ title: "花", content: "…", tags: ["平静"] });
  const { manager, play, lab } = talkers(
    { deepseek: [right], openai: [right] },
    { entries: { deepseek: { capabilities: ["json_schema"] } } },
  );
  const answer = await play(manager.generateObject(entryRequest, { schema: entrySchema }));
  expect(answer.provider).toBe("deepseek");
  expect(answer.mode).toBe("json_object");
  expect(answer.source).toBe("model");
  expect(answer.adaptations.join()).toContain("deepseek-flash refused json_schema; set `mode`");
  expect(answer.attempts.map(({ failure }) => failure?.kind ?? null)).toEqual([
    "bad_request",
    null,
  ]);
  expect(answer.attempts[1]?.waitedMs).toBe(0);
  expect(lab.tally("openai").requests).toBe(0);
});

test("a form that was refused is not asked for again, until the configuration changes", async () => {
  const right = JSON.stringify({ title: "花", content: "…", tags: ["平静"] });
  const { manager, play, lab } = talkers(
    { deepseek: [right] },
    { entries: { deepseek: { capabilities: ["json_schema"] } } },
  );
  const schema = entrySchema;
  await play(manager.generateObject(entryRequest, { schema }));
  const again = await play(manager.generateObject(entryRequest, { schema }));
  expect([again.mode, again.attempts.length]).toEqual(["json_object", 1]);
  expect(again.adaptations.join()).toContain("deepseek-flash refused json_schema; set `mode`");
  const weaker = await play(manager.generateObject(entryRequest, { schema, mode: "prompt" }));
  expect([weaker.mode, weaker.adaptations]).toEqual(["prompt", []]);
  manager.setProviderPriority("deepseek", 1);
  const anew = await play(manager.generateObject(entryRequest, { schema }));
  expect([anew.mode, anew.attempts.length]).toEqual(["json_object", 2]);
  expect(lab.requests).toHaveLength(6);
});

test("a request that is refused in every form says nothing of the forms", async () => {
  const refusal = fault.error({ status: 400, code: null, message: "response_format: not you" });
  const right = JSON.stringify({ title: "花", content: "…", tags: ["平静"] });
  const { manager, play, lab } = talkers({ openai: [right] });
  lab.script("openai", [refusal, refusal, refusal]);
  await failureOf(play(manager.generateObject(entryRequest, { schema: entrySchema })));
  const later = await play(manager.generateObject(entryRequest, { schema: entrySchema }));
  expect([later.mode, later.attempts.length]).toEqual(["json_schema", 1]);
});

test("a form that is refused is no try: with one try at each the weaker one is asked", async () => {
  const right = JSON.stringify({ title: "花", content: "…", tags: ["平静"] });
  const { manager, play } = talkers(
    { deepseek: [right] },
    { entries: { deepseek: { capabilities: ["json_schema"], retry_attempts: 1 } } },
  );
  const answer = await play(manager.generateObject(entryRequest, { schema: entrySchema }));
  expect(answer.mode).toBe("json_object");
});

test("a property may be named like a keyword that holds values", async () => {
  const text = { type: "string", maxGraphemes: 6 };
  const schema = { type: "object", properties: { default: text, enum: text, $ref: text } };
  const { manager, play, lab } = talkers({ deepseek: ['{"default":"花"}'] });
  await play(manager.generateObject(entryRequest, { schema }));
  expect(lab.requests[0]?.body).not.toContain("maxGraphemes");
  expect(lab.requests[0]?.body.split("an emoji counts as one")).toHaveLength(4);
});

test("a provider that refuses every form has refused the request", async () => {
  const refusal = fault.error({
    status: 400,
    code: null,
    message: "tools and response_format: no",
  });
  const { manager, play, lab } = talkers({ openai: ["unheard"], openai_two: ["unheard"] });
  lab.script("openai", always(refusal));
  lab.script("openai_two", always(refusal));
  const asked = manager.generateObject(entryRequest, { schema: entrySchema });
  const error = await failureOf(play(asked));
  expect(error.kind).toBe("bad_request");
  expect(
    lab.requests.map(({ body }) => /"type":"(json_\w+)"/u.exec(body)?.[1] ?? "prompt"),
  ).toEqual(["json_schema", "json_object", "prompt"]);
});

test("a provider that lacks json_schema is not passed over: it is asked in its own way", async () => {
  const right = JSON.stringify({ title: "花", content: "…", tags: ["平静"] });
  const { manager, play } = talkers(
    { openai: ["no"], qwen: [right] },
    { entries: { openai: { capabilities: ["json_schema"] }, qwen: { capabilities: [] } } },
  );
  const answer = await play(manager.generateObject(entryRequest, { schema: entrySchema }));
  expect(answer.provider).toBe("qwen");
  expect(answer.mode).toBe("json_object");
});

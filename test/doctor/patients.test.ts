import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Checkup, Diagnosis } from "../../src/index.ts";
import { LLMProviderError } from "../../src/index.ts";
import type { Lab } from "../../src/lab/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { checkup, examineOne, fileOf, startClinic } from "./clinic.ts";

let lab: Lab;
const names = Array.from({ length: 20 }, (_, index) => `p${index}`);

beforeAll(async () => {
  const providers = Object.fromEntries(names.map((name) => [name, { vendor: "openai" } as const]));
  lab = await startClinic({ providers });
});
afterEach(() => lab.heal());
afterAll(() => lab.close());

const entries = (...chosen: readonly string[]) => lab.configuration(...chosen).providers;
const causes = ({ diagnoses }: Checkup) =>
  Object.fromEntries(diagnoses.map(({ provider, cause }) => [provider, cause]));

describe("who is asked", () => {
  test("all, at the same time but no more than eight, in the file's order", async () => {
    await Promise.all(names.map((name) => lab.script(name, [fault.slowFirstByte(60)])));
    const now = new Set<string>();
    let most = 0;
    const told: Diagnosis[] = [];
    const found = await checkup(JSON.stringify({ providers: entries(...names) }), {
      onStart(name) {
        now.add(name);
        most = Math.max(most, now.size);
      },
      onDiagnosis(diagnosis) {
        now.delete(diagnosis.provider);
        told.push(diagnosis);
      },
    });
    expect(most).toBe(8);
    expect(found.diagnoses.map(({ provider }) => provider)).toEqual(names);
    expect(found).toMatchObject({ well: true, usable: true });
    expect(new Set(told)).toEqual(new Set(found.diagnoses));
    expect(lab.requests).toHaveLength(20);
  });

  test("a disabled one only when it is named", async () => {
    const text = JSON.stringify({
      providers: { ...entries("p0"), p1: { ...entries("p1")["p1"], enabled: false } },
    });
    const all = await checkup(text);
    expect(all.well).toBe(true);
    expect(all.diagnoses[1]).toMatchObject({
      cause: "disabled",
      verdict: "not_asked",
      latency: null,
    });
    expect(all.diagnoses[1]?.advice).toContain("`standin doctor p1`");
    expect(await examineOne(text, { provider: "p1" })).toMatchObject({ cause: "well" });
  });

  test("one without a key is told as such, and unwell when it is named", async () => {
    const text = JSON.stringify({
      providers: { ...entries("p0"), p1: { ...entries("p1")["p1"], api_key: "your-api-key" } },
    });
    const ports = { environment: { get: () => undefined } };
    const all = await checkup(text, { ports });
    expect(all).toMatchObject({ well: true });
    expect(all.diagnoses[1]).toMatchObject({ cause: "key_missing", verdict: "not_asked" });
    expect(all.diagnoses[1]?.advice).toContain("OPENAI_API_KEY");
    const named = await checkup(text, { ports, provider: "p1" });
    expect(named).toMatchObject({ well: false, diagnoses: [{ verdict: "unwell" }] });
  });

  test("a disabled one that cannot be asked is told so when it is named", async () => {
    const p1 = { ...entries("p1")["p1"], enabled: false, api_key: "env:STANDIN_NOT_SET" };
    const right = JSON.stringify({ providers: { ...entries("p0"), p1 } });
    const p2 = { ...entries("p1")["p1"], enabled: false, timeout: "soon" };
    const wrong = JSON.stringify({ providers: { ...entries("p0"), p1: p2 } });
    for (const text of [right, wrong]) {
      expect((await checkup(text)).diagnoses[1]).toMatchObject({ cause: "disabled" });
    }
    expect((await checkup(right, { provider: "p1" })).diagnoses[0]).toMatchObject({
      ...{ cause: "key_missing", verdict: "unwell" },
      advice: expect.stringContaining("Set the variable STANDIN_NOT_SET, or") as unknown,
    });
    expect((await checkup(wrong, { provider: "p1" })).diagnoses[0]).toMatchObject({
      ...{ cause: "configuration", verdict: "unwell" },
    });
  });

  test("nobody: then all is not well", async () => {
    const entry = { ...entries("p1")["p1"], enabled: false };
    const found = await checkup(JSON.stringify({ providers: { p1: entry } }));
    expect(found).toMatchObject({ well: false, usable: false });
    expect(causes(found)).toEqual({ p1: "disabled" });
  });

  test("a name that is not there is refused, with those that are", async () => {
    const asked = checkup(fileOf(lab, "p0"), { provider: "p9" });
    await expect(asked).rejects.toThrow(LLMProviderError);
    await expect(asked).rejects.toThrow(/no provider "p9"; the configuration has p0/u);
  });
});

describe("a configuration that cannot be used", () => {
  test("is told, and those that can be understood are asked all the same", async () => {
    const p = entries("p0", "p1", "p2", "p3", "p4");
    const text = JSON.stringify({
      providers: {
        p0: p["p0"],
        p1: { ...p["p1"], api_key: "env:STANDIN_NOT_SET" },
        p2: { ...p["p2"], api_key: "file:/nowhere/key" },
        p3: { ...p["p3"], timeout: "soon" },
        p4: { ...p["p4"], enabled: false },
        odd: 7,
      },
    });
    const found = await checkup(text);
    expect(found).toMatchObject({ well: false, usable: false });
    expect(found.problems.filter(({ severity }) => severity === "error")).not.toEqual([]);
    expect(causes(found)).toEqual({
      p0: "well",
      p1: "key_missing",
      p2: "key_unreadable",
      p3: "configuration",
      p4: "disabled",
      odd: "configuration",
    });
    const [, p1, p2, p3] = found.diagnoses;
    expect(p1).toMatchObject({
      verdict: "unwell",
      message: expect.stringMatching(/STANDIN_NOT_SET is not set/u) as unknown,
    });
    expect(p2).toMatchObject({
      message: expect.stringMatching(/\/nowhere\/key cannot be read/u) as unknown,
    });
    expect(p3?.message).toContain("providers.p3.timeout");
  });

  test("a disabled one in it is asked when it is named", async () => {
    const p = entries("p0", "p1");
    const p1 = { ...p["p1"], enabled: false };
    const text = JSON.stringify({ providers: { p0: { ...p["p0"], timeout: "soon" }, p1 } });
    expect(await examineOne(text, { provider: "p1" })).toMatchObject({ cause: "well" });
  });

  test.each(["", "{", "[]", '{ "providers": [] }', '{ "providers": null }', "null"])(
    "%j holds no provider",
    async (text) => {
      const found = await checkup(text);
      expect(found).toMatchObject({ well: false, usable: false, diagnoses: [] });
      expect(found.problems).not.toEqual([]);
    },
  );
});

describe("an interruption", () => {
  test("ends what is under way, and what is known is told", async () => {
    await lab.script("p1", always(fault.silent()));
    const controller = new AbortController();
    const found = await checkup(JSON.stringify({ providers: entries("p0", "p1") }), {
      signal: controller.signal,
      onDiagnosis: ({ provider }) => void (provider === "p0" && controller.abort()),
    });
    expect(causes(found)).toEqual({ p0: "well", p1: "interrupted" });
    expect(found.diagnoses[1]).toMatchObject({ verdict: "interrupted", advice: "" });
    expect(found.well).toBe(false);
  });

  test("before the first exchange asks nobody", async () => {
    const before = lab.requests.length;
    const found = await checkup(fileOf(lab, "p0"), { signal: AbortSignal.abort() });
    expect(causes(found)).toEqual({ p0: "interrupted" });
    expect(lab.requests).toHaveLength(before);
  });
});

describe("a model that is unknown", () => {
  const asked = (model_name: string, more: object = {}) =>
    examineOne(fileOf(lab, "p0", { model_name, ...more }));

  test("gets the nearest name of the provider's own list, which is free", async () => {
    const before = lab.requests.length;
    const told = await asked("gtp-5.4-mni");
    expect(told).toMatchObject({ cause: "model", status: 404, code: "model_not_found" });
    expect(told.advice).toBe(
      "Set providers.p0.model_name to gpt-5.4-mini, the nearest in the provider's own list.",
    );
    expect(lab.requests.slice(before).map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  test("that is like no other gets some of the list", async () => {
    const told = await asked("xyzzy");
    expect(told.advice).toMatch(/a name in the provider's own list, such as gpt-5\.5, gpt-5\.4/u);
  });

  test("of a provider that lists none gets the nearest of the names known here", async () => {
    const own = await startClinic({ providers: { p0: { vendor: "openai", models: [] } } });
    const told = await examineOne(fileOf(own, "p0", { model_name: "gpt-5.4-mimi" }));
    await own.close();
    expect(told.advice).toContain("to gpt-5.4-mini, the nearest in the names known here");
  });

  test("of DashScope's own format is looked for in the list of its compatible mode", async () => {
    const own = await startClinic({
      providers: { q: { vendor: "qwen", models: ["qwen-flash-7"] } },
    });
    const told = await examineOne(fileOf(own, "q", { model_name: "qwen-flahs-7" }));
    expect(own.requests.at(-1)).toMatchObject({
      method: "GET",
      path: "/compatible-mode/v1/models",
    });
    await own.close();
    expect(told).toMatchObject({ cause: "model" });
    expect(told.advice).toContain("to qwen-flash-7, the nearest in the provider's own list");
  });
});

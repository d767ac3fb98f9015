import { expect, test } from "vitest";
import type { Revision } from "../snapshot.ts";
import { loadConfiguration } from "./load.ts";

const entry = {
  api_endpoint: "https://api.deepseek.com/v1/chat/completions",
  api_key: "sk-test-1",
  model_name: "deepseek-flash",
};

function load(content: object, revisions: readonly Revision[]) {
  const refuse = () => {
    throw new Error("no file is asked for");
  };
  const { snapshot, problems } = loadConfiguration(JSON.stringify(content), {
    environment: { get: () => undefined },
    files: { readSync: refuse, read: () => Promise.reject(new Error("nor here")) },
    revisions,
  });
  if (snapshot === null) throw new Error(problems.map(({ message }) => message).join("; "));
  const order = snapshot.routes["default"]?.providers.map(({ name }) => name);
  return { order, revisions: snapshot.revisions };
}

const off: Revision = { provider: "a", setting: "enabled", file: true, now: false };
const late: Revision = { provider: "a", setting: "priority", file: 1_000, now: 1_000 };
const first: Revision = { provider: "b", setting: "default", file: "a", now: true };
const both = { providers: { a: entry, b: entry } };

test("a change holds over what the file says", () => {
  expect(load(both, [off])).toEqual({ order: ["b"], revisions: [off] });
  expect(load(both, [first]).order).toEqual(["b", "a"]);
  const early: Revision = { provider: "b", setting: "priority", file: 1_000, now: 1 };
  expect(load(both, [early]).order).toEqual(["b", "a"]);
});

test("it ends once the file says something else of the same setting, not of another", () => {
  const longer = { providers: { a: { ...entry, timeout: 9 }, b: entry } };
  expect(load(longer, [off]).revisions).toEqual([off]);
  const disabled = { providers: { a: { ...entry, enabled: false }, b: entry } };
  expect(load(disabled, [off])).toEqual({ order: ["b"], revisions: [] });
  expect(load({ providers: { b: entry } }, [off]).revisions).toEqual([]);
});

test("what the file says anyway is no change", () => {
  expect(load(both, [late]).revisions).toEqual([]);
});

test("the first of a written default route is moved, and the others keep their order", () => {
  const three = { a: entry, b: entry, c: entry };
  const routes = { default: { providers: ["a", "c", "b"] }, other: { providers: ["a", "b"] } };
  expect(load({ providers: three, routes }, [first]).order).toEqual(["b", "a", "c"]);
});

test("a change is checked as the file is", () => {
  const alone = { providers: { a: entry } };
  expect(() => load(alone, [off])).toThrow("every provider is disabled");
});

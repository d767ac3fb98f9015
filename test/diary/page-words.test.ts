import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diaryFolder, diaryHouse } from "./house.ts";

const assets = join(diaryFolder, "page/assets");

/** A module of the page that reaches for no browser while it is loaded. */
async function pageModule<T>(name: string): Promise<T> {
  return (await import(join(assets, name))) as T;
}

type Named = (id: string, language: "zh" | "en") => string;

test("every event, type and mood has a name of its own in both languages", async () => {
  const { eventName, typeName } = await pageModule<{ eventName: Named; typeName: Named }>(
    "names.js",
  );
  const { moodName, moodOf } = await pageModule<{
    moodName: Named;
    moodOf: (tag: string) => { readonly look: string };
  }>("moods.js");
  const { catalogue, vocabulary } = diaryHouse();
  const events = catalogue.events.map(({ name }) => name);
  for (const [ids, name] of [
    ...[[events, eventName] as const, [catalogue.types, typeName] as const],
    [vocabulary.list, moodName] as const,
  ]) {
    const zh = ids.map((id) => name(id, "zh"));
    const en = ids.map((id) => name(id, "en"));
    expect(zh.filter((one) => !/^\p{Script=Han}+$/u.test(one))).toEqual([]);
    expect(en.filter((one) => !/^[A-Za-z ]+$/u.test(one))).toEqual([]);
    expect([new Set(zh).size, new Set(en).size]).toEqual([ids.length, ids.length]);
  }
  expect(events).toHaveLength(36);
  // No two moods are drawn alike: they are told apart without their colour.
  expect(new Set(vocabulary.list.map((tag) => moodOf(tag).look)).size).toBe(vocabulary.list.length);
});

test("the modules of the page are typed as the rest is", () => {
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  const { stdout, status } = spawnSync(tsc, ["-p", assets], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

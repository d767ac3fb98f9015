import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { always as forEver } from "standin/lab";
import { simulatedNames } from "../../examples/diary/simulated/lab.ts";
import { settleTags } from "../../examples/diary/write/vocabulary.ts";
import { countGraphemes } from "../../examples/diary/text/graphemes.ts";
import { answerKinds, cutByLength, isRepair, type AnswerKind } from "./answers.ts";
import { diaryHouse, exampleContext } from "./house.ts";
import { always, diaryWorld } from "./world.ts";

/** Show 1: all 36 events with every kind of answer; the table stands in docs/diary.md. */

const { catalogue, agents, vocabulary } = diaryHouse();
const dayMs = 86_400_000;

async function liveThrough(kind: AnswerKind, manner: "once" | "always") {
  let spoilt = true;
  const world = diaryWorld({
    settings: always,
    reply(well, ask) {
      if (kind.spoil === null || (manner === "once" && (isRepair(ask) || !spoilt))) return well;
      spoilt = false;
      return kind.spoil(well);
    },
  });
  const rows = [];
  for (const { name } of catalogue.events) {
    spoilt = true;
    if (kind.spoil === null) {
      for (const provider of simulatedNames) {
        world.lab.script(provider, manner === "once" ? [cutByLength] : forEver(cutByLength));
      }
    }
    const context = exampleContext(name);
    const input = { id: name, event: name, user: "lily", context };
    rows.push((await world.play(world.diary.take(input, { force: true }))).entry);
    await world.pass(dayMs);
  }
  return rows;
}

describe.each(answerKinds)("a model whose answer is: $name", (kind) => {
  const timeout = 90_000;
  test.each(["once", "always"] as const)(
    "%s: each of 36 has an entry",
    { timeout },
    async (manner) => {
      const entries = await liveThrough(kind, manner);
      expect(entries).toHaveLength(36);
      for (const entry of entries) {
        if (entry === null) throw new Error("an event has no entry");
        const event = agents.get(entry.type).events.get(entry.event);
        const how = [
          entry.source,
          ...entry.notes.filter((note) => !note.startsWith("no_provider")),
        ];
        expect(
          how
            .toSorted()
            .join(", ")
            .replaceAll(/\b(\w+)\b/gu, "$1"),
          entry.event,
        ).toBe(kind[manner].split(", ").toSorted().join(", "));
        expect(countGraphemes(entry.title), entry.title).toBeLessThanOrEqual(6);
        expect(countGraphemes(entry.content), entry.content).toBeLessThanOrEqual(35);
        expect(settleTags(entry.tags, event?.sign ?? "neutral", 3, vocabulary).refused).toEqual([]);
        expect(entry.tags.length).toBeGreaterThan(0);
        expect(entry.provider === null).toBe(entry.source === "fallback");
        expect(entry.title + entry.content).not.toMatch(/<think|```|[a-z]+_[a-z]+|[{}]/u);
        // 「主人打了我，我很难过」 became 开心快乐 in the earlier one (lessons.md C).
        if (event?.sign === "unpleasant") expect(entry.tags).not.toContain("开心快乐");
      }
    },
  );
});

test("the table in docs/diary.md says what is tested here", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/diary.md"), "utf8");
  for (const { name, once, always: ever } of answerKinds) {
    expect(text).toContain(`| ${name} | 36 of 36: ${once} | 36 of 36: ${ever} |`);
  }
});

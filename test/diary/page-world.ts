import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diarySource } from "../../examples/diary/page/diary-source.ts";
import { servePage } from "../../examples/diary/page/page-server.ts";
import { localTime, momentOf } from "../../examples/diary/decide/local-time.ts";
import { openDatabase } from "../../examples/diary/store/database.ts";
import type { Draft, Entry } from "../../examples/diary/store/entry.ts";
import { storeOn } from "../../examples/diary/store/store.ts";
import { createManualClock } from "../manual-clock.ts";
import { diaryHouse } from "./house.ts";

/** What a test says of an entry; the rest is as usual. */
export type Said = Partial<Draft & Pick<Entry, "id" | "user" | "day" | "type" | "event">> & {
  readonly time?: string;
};

const usual: Draft = {
  ...{ title: "天气真好", content: "推开窗就闻到喜欢的味道。", tags: ["开心快乐"] },
  ...{ source: "model", provider: "qwen", model: "qwen-flash", attempts: 1 },
  ...{ inputTokens: 100, outputTokens: 20, cost: null, promptVersion: "1", notes: [] },
};

const decision = {
  write: true,
  why: "forced",
  usesPlace: false,
  drawn: { quota: 3, holidayOffset: null },
} as const;

/** A page on a diary of its own, into which entries are written as another process would. */
export async function pageWorld(options: { readonly simulatedTime?: () => string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "diary-page-"));
  const path = join(folder, "diary.sqlite");
  const { settings, catalogue } = diaryHouse();
  const writing = openDatabase(path);
  const store = storeOn(writing, "writer");
  let count = 0;

  /** Keeps an entry. */
  function keep(said: Said = {}): Entry {
    count += 1;
    const { id = `e${count}`, user = "lily", day = "2026-11-22", time = "09:30" } = said;
    const { type = "weather", event: name = "favorite_weather", ...words } = said;
    const { timeZone } = settings.users.get(user) ?? settings.anybody;
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    const at = momentOf(day, hours * 60 + minutes, timeZone);
    const event = { id, name, type, user, at, day: localTime(at, timeZone).day, context: {} };
    const due = at + 1_000;
    store.settle(event, at, () => ({ decision, state: "reserved", at, day: event.day, due }));
    const { time: _, ...draft } = { ...words, time };
    const entry = store.write(id, { ...usual, ...draft }, at);
    if (entry === null) throw new Error(`The entry ${id} was not kept.`);
    return entry;
  }

  /** Keeps so many entries, quickly. */
  function keepRows(many: number): void {
    for (let number = 0; number < many; number += 1) {
      const id = `row-${number}`;
      writing.run(
        "INSERT INTO events (id, user, day, at, name, type, context, state, reason, detail, free, told_at) " +
          "VALUES (?, 'lily', '2026-11-22', ?, 'x', 'weather', '{}', 'written', 'forced', '{}', 1, 0)",
        [id, Date.UTC(2026, 10, 22) + number],
      );
      writing.run(
        "INSERT INTO entries (event, title, content, tags, source, attempts, notes, written_at) " +
          "VALUES (?, 'x', 'x', '[]', 'model', 1, '[]', 0)",
        [id],
      );
    }
  }

  const clock = createManualClock();
  const problems: string[] = [];
  let runs = 0;

  /** Serves the page; 0: on any port. */
  async function serve(port = 0) {
    runs += 1;
    const database = openDatabase(path);
    const source = diarySource(database, { settings, catalogue, ...options });
    const instance = `run-${runs}`;
    const report = (problem: string): void => void problems.push(problem);
    const page = await servePage(source, { host: "127.0.0.1", port, clock, instance, report });
    return {
      url: page.url,
      port: Number(new URL(page.url).port),
      async close() {
        await page.close();
        database.close();
      },
    };
  }

  return {
    ...{ clock, store, keep, keepRows, serve, writing, problems },
    close() {
      writing.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { localTime } from "../decide/local-time.ts";
import type { DiaryNews } from "../news.ts";
import { briefReason, fullReason } from "../say-reason.ts";
import type { EventRecord } from "../store/record.ts";
import { say, type Language } from "../words.ts";
import type { NoEntry } from "../write/ask-entry.ts";
import { sayEntry } from "./say-entry.ts";

/** Tells a day as it passes: entries as they are written, and in between what was not. */
export type DayReport = {
  tell(news: DiaryNews): void;
  /** Something that happened to a provider. */
  mark(phrase: "wentDown" | "cameBack", provider: string, at: number): void;
  /** What is not yet told; whether there was trouble with anything but a provider. */
  end(): { readonly trouble: boolean };
};

/** A report in a language; `every` tells each event that was not written by itself. */
export function createDayReport(
  print: (line: string) => void,
  about: { readonly timeZone: string; readonly language: Language; readonly every: boolean },
): DayReport {
  const { timeZone, language, every } = about;
  let passed: EventRecord[] = [];
  const waiting = new Set<string>();
  const troubles = new Map<string, number>();
  const timeOf = (at: number): string => {
    const { day, time } = localTime(at, timeZone);
    return `${day} ${time}`;
  };
  const line = (at: number, text: string): void => print(`${timeOf(at)}  ${text}`);

  function flush(): void {
    const [first] = passed;
    if (first === undefined) return;
    const counts = new Map<string, number>();
    for (const { reason } of passed) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const reasons = [...counts]
      .map(([reason, count]) => `${count} × ${briefReason(reason, language)}`)
      .join(language === "zh" ? "；" : "; ");
    line(first.at, `· ${say(language, "notWritten", { count: passed.length, reasons })}`);
    passed = [];
  }

  function told(record: EventRecord): void {
    if (every) line(record.at, `· ${record.name}: ${fullReason(record, language)}`);
    else passed.push(record);
  }

  function now(at: number, text: string): void {
    flush();
    line(at, text);
  }

  // Once for each event: that it still waits is no news.
  function queued({ id, at, name: event }: EventRecord, failure: NoEntry | null): void {
    if (waiting.has(id)) return;
    waiting.add(id);
    const why = failure === null ? "" : `: ${failure.message}`;
    now(at, `… ${say(language, "queued", { event })}${why}`);
  }

  // The same trouble may come with every event.
  function trouble(what: string): void {
    const count = (troubles.get(what) ?? 0) + 1;
    troubles.set(what, count);
    if (count > 1) return;
    flush();
    print(`! ${say(language, "trouble", { what })}`);
  }

  return {
    tell(news) {
      switch (news.type) {
        case "entry":
          flush();
          return print(sayEntry(news.entry, timeZone, language));
        case "skipped":
        case "later":
          return told(news.record);
        case "refused": {
          const what = `${news.record.name}: ${fullReason(news.record, language)}`;
          return now(news.record.at, `! ${say(language, "unknown", { what })}`);
        }
        case "queued":
          return queued(news.record, news.failure);
        case "trouble":
          return trouble(news.problem);
        case "agent-reloaded":
          return print(`! ${say(language, "reloaded", { agent: news.agent })}`);
        case "agent-broken":
          return print(`! ${say(language, "broken", { agent: news.agent })}\n${news.problem}`);
      }
    },
    mark: (phrase, provider, at) => now(at, `── ${say(language, phrase, { provider })} ──`),
    end() {
      flush();
      for (const [what, count] of troubles) {
        if (count > 1) print(`! ${say(language, "troubles", { what, count })}`);
      }
      return { trouble: troubles.size > 0 };
    },
  };
}

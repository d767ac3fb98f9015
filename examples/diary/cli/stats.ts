import type { Counts, Statistics } from "../store/statistics.ts";
import { briefReason, briefWait } from "../say-reason.ts";
import { say, type Language, type Phrase } from "../words.ts";
import { openToRead } from "./open.ts";
import type { CliOptions } from "./options.ts";

/** Prints the diary in figures. */
export function stats(options: CliOptions, print: (line: string) => void): void {
  const store = openToRead(options);
  const { user, day } = options;
  const figures = store.statistics({ user: user ?? undefined, day: day ?? undefined });
  store.close();
  if (options.json) print(JSON.stringify(figures, null, 2));
  else for (const line of statsLines(figures, options.language)) print(line);
}

/** A diary's figures as lines to read. */
export function statsLines(figures: Statistics, language: Language): readonly string[] {
  const { entries, days, inputTokens, outputTokens, attempts, cost } = figures;
  const counts = (phrase: Phrase, of: Counts, name = (one: string): string => one): string => {
    const list = Object.entries(of).map(([one, count]) => `${name(one)} ${count}`);
    const title = say(language, phrase);
    return `${title}${" ".repeat(Math.max(1, 14 - title.length))}${list.join(", ") || "–"}`;
  };
  return [
    say(language, "total", { entries, days }),
    counts("types", figures.byType),
    counts("tags", figures.byTag),
    counts("providers", figures.byProvider),
    counts("sources", figures.bySource),
    counts("notes", figures.byNote),
    ...(Object.keys(figures.waiting).length === 0
      ? []
      : [counts("waiting", figures.waiting, (state) => briefWait(state, language))]),
    counts("reasons", figures.notWritten, (reason) => briefReason(reason, language)),
    say(language, "tokens", { input: inputTokens, output: outputTokens, attempts }),
    cost === null ? say(language, "costUnknown") : say(language, "cost", { cost: cost.toFixed(6) }),
  ];
}

import { localTime } from "../decide/local-time.ts";
import type { Entry } from "../store/entry.ts";
import { graphemesOf } from "../text/graphemes.ts";
import { say, type Language } from "../words.ts";

/** An entry as a person reads it in a terminal; `whose`: among those of other people. */
export function sayEntry(
  entry: Entry,
  timeZone: string,
  language: Language,
  whose = false,
): string {
  const { day, time } = localTime(entry.at, timeZone);
  const title = `${entry.title}${" ".repeat(Math.max(0, 12 - widthOf(entry.title)))}`;
  const owner = whose ? [entry.user] : [];
  const about = [...owner, entry.tags.join(" "), entry.event, writerOf(entry, language)];
  return [
    `${day} ${time}  ${title}  ${entry.content}`,
    `${" ".repeat(18)}${about.join(" · ")}`,
  ].join("\n");
}

function writerOf(entry: Entry, language: Language): string {
  const { provider, model, source, notes } = entry;
  const who =
    provider === null
      ? say(language, "bySelf")
      : say(language, "by", { provider, model: model ?? "" });
  const mended = source === "repaired" ? [say(language, "repaired")] : [];
  return [who, ...mended, ...notes].join(", ");
}

// Chinese characters and emoji are two columns wide.
function widthOf(text: string): number {
  return graphemesOf(text).reduce((sum, one) => sum + (/^[ -~]$/u.test(one) ? 1 : 2), 0);
}

import type { Reader } from "../reader.ts";
import type { Sign, Vocabulary } from "./vocabulary.ts";

const signs: readonly Sign[] = ["pleasant", "unpleasant", "neutral"];

/** The part `tags` of the settings. */
export function readVocabulary(reader: Reader, value: unknown): Vocabulary {
  const known = ["list", "none", "aliases", "conflicts", "never"];
  const fields = reader.object(value, "tags", known);
  const list = reader.texts(fields["list"], "tags.list");
  const onList = (tag: unknown, place: string): string => {
    const word = reader.text(tag, place);
    if (word !== "" && !list.includes(word)) {
      reader.problem(place, `is ${word}, which is not on tags.list`);
    }
    return word;
  };
  const aliases = Object.entries(reader.object(fields["aliases"], "tags.aliases")).map(
    ([slip, tag]) => [slip.toLowerCase(), onList(tag, `tags.aliases.${slip}`)] as const,
  );
  const pairs = Array.isArray(fields["conflicts"]) ? (fields["conflicts"] as unknown[]) : [];
  const never = reader.object(fields["never"], "tags.never", signs);
  const neverFor = (sign: Sign): readonly string[] => {
    const place = `tags.never.${sign}`;
    return reader.texts(never[sign], place).map((tag, at) => onList(tag, `${place}[${at}]`));
  };
  return {
    list,
    none: onList(fields["none"], "tags.none"),
    aliases: new Map(aliases),
    conflicts: pairs.map((pair, at) => {
      const place = `tags.conflicts[${at}]`;
      const [one, other] = Array.isArray(pair) ? (pair as unknown[]) : [];
      return [onList(one, `${place}[0]`), onList(other, `${place}[1]`)] as const;
    }),
    never: {
      pleasant: neverFor("pleasant"),
      unpleasant: neverFor("unpleasant"),
      neutral: neverFor("neutral"),
    },
  };
}

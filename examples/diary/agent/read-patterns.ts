import type { Reader } from "../reader.ts";
import { countGraphemes } from "../text/graphemes.ts";
import type { ContextField, Pattern } from "./agent.ts";
import type { EventHouse } from "./event-house.ts";
import { parseTemplate, type TemplateLine } from "./template.ts";

/**
 * Fallback patterns in one tone: each must fit the limits with its values at their longest, and
 * hold the name of no event.
 */
export function readPatterns(
  reader: Reader,
  value: unknown,
  place: string,
  needs: readonly ContextField[],
  { limits, names }: EventHouse,
): readonly Pattern[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  if (list.length === 0) reader.problem(place, "must be a list with at least one pattern");
  const slots = needs.filter(({ short }) => short !== null);

  function line(text: unknown, where: string, most: number): TemplateLine {
    const said = reader.text(text, where);
    const parsed = parseTemplate([said], new Set(slots.map(({ name }) => name)), new Set());
    for (const { column, what } of parsed.problems) {
      reader.problem(`${where}, column ${column}:`, what);
    }
    const pieces = parsed.lines[0] ?? [];
    const longest = longestOf(pieces, slots);
    if (longest > most) {
      reader.problem(where, `may become ${longest} graphemes long; the limit is ${most}`);
    }
    const name = names.find((one) => said.includes(one));
    if (name !== undefined) reader.problem(where, `holds the name of the event ${name}`);
    return pieces;
  }

  return list.map((one, at) => {
    const where = `${place}[${at}]`;
    const { title, content } = reader.object(one, where, ["title", "content"]);
    return {
      title: line(title, `${where}.title`, limits.title),
      content: line(content, `${where}.content`, limits.content),
    };
  });
}

function longestOf(pieces: TemplateLine, slots: readonly ContextField[]): number {
  return pieces.reduce((sum, piece) => {
    if (piece.type === "text") return sum + countGraphemes(piece.text);
    return sum + (slots.find(({ name }) => name === piece.name)?.short ?? 0);
  }, 0);
}

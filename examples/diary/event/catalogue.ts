import { createReader } from "../reader.ts";
import { parseJson, readText } from "../read-json.ts";

/** An event there is, and the type of entry it leads to; an agent is named for each type. */
export type KnownEvent = {
  readonly name: string;
  readonly category: string;
  readonly type: string;
};

/** All events there are, in ten categories, and the names they go by. */
export type Catalogue = {
  readonly events: readonly KnownEvent[];
  readonly types: readonly string[];
  /** The event of exactly this name or alias; `null` if there is none. */
  event(name: string): KnownEvent | null;
  /** The type of this name, category or alias; `null` if there is none. */
  type(name: string): string | null;
  /** The name itself, or the one that is meant by a slip of it. */
  rightName(name: string): string;
};

/** Reads `events.json`. Throws DiaryTrouble with everything that is wrong in it. */
export function loadCatalogue(path: string): Catalogue {
  const reader = createReader(path);
  const value = parseJson(path, readText(path, "the list of events"));
  const fields = reader.object(value, "", ["categories", "aliases"]);
  const events = new Map<string, KnownEvent>();
  const types = new Map<string, string>();
  for (const [category, one] of Object.entries(reader.object(fields["categories"], "categories"))) {
    const place = `categories.${category}`;
    const { agent, events: names } = reader.object(one, place, ["agent", "events"]);
    const type = reader.text(agent, `${place}.agent`);
    types.set(category, type).set(type, type);
    for (const name of reader.texts(names, `${place}.events`)) {
      const other = events.get(name)?.category;
      if (other !== undefined) reader.problem(place, `has ${name}, which ${other} has already`);
      events.set(name, { name, category, type });
    }
  }
  const aliases = new Map<string, string>();
  for (const [slip, name] of Object.entries(reader.object(fields["aliases"], "aliases"))) {
    if (events.has(slip)) reader.problem(`aliases.${slip}`, "is an event of its own");
    aliases.set(slip, reader.text(name, `aliases.${slip}`));
  }
  reader.finish();
  const rightName = (name: string): string => aliases.get(name) ?? name;
  return {
    events: [...events.values()],
    types: [...new Set(types.values())],
    event: (name) => events.get(rightName(name)) ?? null,
    type: (name) => types.get(rightName(name)) ?? null,
    rightName,
  };
}

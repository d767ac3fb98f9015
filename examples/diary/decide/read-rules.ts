import type { Catalogue } from "../event/catalogue.ts";
import type { Reader } from "../reader.ts";
import type { Rules } from "./rules.ts";

const known = [
  ...["quota", "required", "required_uses_place", "chance"],
  ...["next_day", "next_day_hours", "late_hours"],
];

/** The part `rules` of the settings, checked against the events there are. */
export function readRules(reader: Reader, value: unknown, catalogue: Catalogue): Rules {
  const fields = reader.object(value, "rules", known);
  const required = reader.texts(fields["required"], "rules.required");
  for (const name of required) {
    const event = catalogue.event(name);
    if (event === null) reader.problem("rules.required", `names ${name}, which is no event`);
  }
  const hours = pair(reader, fields["next_day_hours"], "rules.next_day_hours", 0, 24);
  if (hours[0] === hours[1]) reader.problem("rules.next_day_hours", "leaves no time between them");
  return {
    quota: pair(reader, fields["quota"], "rules.quota", 0, 100),
    required: new Set(required.map((name) => catalogue.event(name)?.name ?? name)),
    requiredUsesPlace: reader.flag(fields["required_uses_place"], "rules.required_uses_place"),
    chance: readChance(reader, fields["chance"], catalogue),
    nextDay: new Set(
      reader.texts(fields["next_day"], "rules.next_day").map((name) => {
        const type = catalogue.type(name);
        if (type === null) reader.problem("rules.next_day", `names ${name}, which is no type`);
        return type ?? name;
      }),
    ),
    nextDayHours: hours,
    lateMs: reader.number(fields["late_hours"], "rules.late_hours", 0, 8_760) * 3_600_000,
  };
}

function pair(
  reader: Reader,
  value: unknown,
  place: string,
  from: number,
  to: number,
): readonly [number, number] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  const first = reader.number(list[0], `${place}[0]`, from, to);
  const second = reader.number(list[1], `${place}[1]`, first, to);
  if (!Number.isInteger(first) || !Number.isInteger(second)) {
    reader.problem(place, "must be two whole numbers");
  }
  return [first, second];
}

function readChance(
  reader: Reader,
  value: unknown,
  catalogue: Catalogue,
): Readonly<Record<string, number>> {
  const given = new Map<string, number>();
  for (const [name, chance] of Object.entries(reader.object(value, "rules.chance"))) {
    const type = catalogue.type(name);
    if (type === null) reader.problem("rules.chance", `names ${name}, which is no type`);
    else given.set(type, reader.number(chance, `rules.chance.${name}`, 0, 1));
  }
  for (const type of catalogue.types) {
    if (!given.has(type)) reader.problem("rules.chance", `says nothing of ${type}`);
  }
  return Object.fromEntries(given);
}

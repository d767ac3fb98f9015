import type { Reader } from "../reader.ts";
import type { ContextField } from "./agent.ts";
import { profileValues, trustedValues } from "./values.ts";

const known = ["type", "about", "example", "optional", "from", "to", "short"];
const types = ["text", "number", "whole", "list"] as const;
const farthest = 1_000_000_000;

/** The part `context` of an agent: what it is told of an event. */
export function readContext(reader: Reader, value: unknown): readonly ContextField[] {
  return Object.entries(reader.object(value, "context")).map(([name, one]) => {
    const place = `context.${name}`;
    const fields = reader.object(one, place, known);
    const { from, to, short, optional } = fields;
    if (!/^[a-z][a-z_0-9]*$/u.test(name)) {
      reader.problem(place, "must be named in small letters, digits and _");
    }
    if (trustedValues.includes(name) || profileValues.includes(name)) {
      reader.problem(place, "is a name that the program fills itself");
    }
    return {
      name,
      type: reader.choice(fields["type"], `${place}.type`, types),
      about: reader.text(fields["about"], `${place}.about`),
      example: fields["example"],
      optional: optional === undefined ? false : reader.flag(optional, `${place}.optional`),
      from: from === undefined ? -farthest : bound(reader, from, `${place}.from`),
      to: to === undefined ? farthest : bound(reader, to, `${place}.to`),
      short: short === undefined ? null : reader.number(short, `${place}.short`, 1, 1_000),
    };
  });
}

function bound(reader: Reader, value: unknown, place: string): number {
  return reader.number(value, place, -farthest, farthest);
}

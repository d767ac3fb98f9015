import type { Reader } from "../reader.ts";
import type { Personality } from "../profile.ts";
import { settleTags, type Sign } from "../write/vocabulary.ts";
import type { AgentEvent, ContextField, Hint } from "./agent.ts";
import type { EventHouse } from "./event-house.ts";
import { readPatterns } from "./read-patterns.ts";

const known = ["sign", "about", "needs", "ranges", "hints", "fallback"];
const signs: readonly Sign[] = ["pleasant", "unpleasant", "neutral"];
const tones: readonly Personality[] = ["lively", "calm"];

/** The part of one event in an agent's file. */
export function readAgentEvent(
  reader: Reader,
  name: string,
  value: unknown,
  house: EventHouse,
): AgentEvent {
  const place = `events.${name}`;
  const fields = reader.object(value, place, known);
  const sign = reader.choice(fields["sign"], `${place}.sign`, signs);
  const needs = readNeeds(reader, fields, place, house.context);
  const fallback = reader.object(fields["fallback"], `${place}.fallback`, tones);
  const patterns = (tone: Personality): AgentEvent["fallback"][Personality] =>
    readPatterns(reader, fallback[tone], `${place}.fallback.${tone}`, needs, house);
  return {
    name,
    sign,
    about: reader.text(fields["about"], `${place}.about`),
    needs,
    hints: readHints(reader, fields["hints"], `${place}.hints`, sign, house),
    fallback: { lively: patterns("lively"), calm: patterns("calm") },
  };
}

function readNeeds(
  reader: Reader,
  fields: Readonly<Record<string, unknown>>,
  place: string,
  context: readonly ContextField[],
): readonly ContextField[] {
  const usual = context.filter(({ optional }) => !optional).map((field) => field.name);
  const names =
    fields["needs"] === undefined ? usual : reader.texts(fields["needs"], `${place}.needs`);
  const ranges = reader.object(fields["ranges"] ?? {}, `${place}.ranges`);
  for (const name of [...names, ...Object.keys(ranges)]) {
    if (context.some((field) => field.name === name)) continue;
    reader.problem(place, `names ${name}, which is not in context`);
  }
  const needed = context.filter((field) => names.includes(field.name));
  return needed.map((field) => {
    const range = ranges[field.name];
    if (range === undefined) return field;
    const [from, to] = Array.isArray(range) ? (range as unknown[]) : [];
    const at = `${place}.ranges.${field.name}`;
    return {
      ...field,
      from: reader.number(from, `${at}[0]`, field.from, field.to),
      to: reader.number(to, `${at}[1]`, field.from, field.to),
    };
  });
}

function readHints(
  reader: Reader,
  value: unknown,
  place: string,
  sign: Sign,
  { context, vocabulary }: EventHouse,
): readonly Hint[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  const hints = list.map((one, at): Hint => {
    const where = `${place}[${at}]`;
    const fields = reader.object(one, where, ["if", "tags"]);
    const tags = reader.object(fields["tags"], `${where}.tags`, tones);
    const said = (tone: Personality): readonly string[] => {
      const words = reader.texts(tags[tone], `${where}.tags.${tone}`);
      const { refused } = settleTags(words, sign, 3, vocabulary);
      if (words.length === 0) reader.problem(`${where}.tags.${tone}`, "has no tag");
      for (const tag of refused) {
        const what = `has ${tag}, which is no tag, is not for a(n) ${sign} event, or conflicts`;
        reader.problem(`${where}.tags.${tone}`, what);
      }
      return words;
    };
    const condition = readCondition(reader, fields["if"], `${where}.if`, context);
    return { if: condition, tags: { lively: said("lively"), calm: said("calm") } };
  });
  if (hints.at(-1)?.if !== null) reader.problem(place, "must end with a hint without `if`");
  return hints;
}

function readCondition(
  reader: Reader,
  value: unknown,
  place: string,
  context: readonly ContextField[],
): Hint["if"] {
  if (value === undefined) return null;
  const { field, is, most, least } = reader.object(value, place, ["field", "is", "most", "least"]);
  const name = reader.text(field, `${place}.field`);
  if (!context.some((one) => one.name === name)) {
    reader.problem(`${place}.field`, `is ${name}, which is not in context`);
  }
  return {
    field: name,
    ...(is === undefined ? {} : { is }),
    ...(most === undefined ? {} : { most: reader.number(most, `${place}.most`, -1e9, 1e9) }),
    ...(least === undefined ? {} : { least: reader.number(least, `${place}.least`, -1e9, 1e9) }),
  };
}

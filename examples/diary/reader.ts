import { fieldsOf, type Fields } from "./read-json.ts";
import { DiaryTrouble } from "./trouble.ts";

/** Reads checked values, and remembers everything that is wrong, each with its place. */
export type Reader = {
  /** The object at a place; a field that is not among the known ones is a problem. */
  object(value: unknown, place: string, known?: readonly string[]): Fields;
  text(value: unknown, place: string): string;
  texts(value: unknown, place: string): readonly string[];
  number(value: unknown, place: string, from: number, to: number): number;
  flag(value: unknown, place: string): boolean;
  choice<T extends string>(value: unknown, place: string, choices: readonly T[]): T;
  problem(place: string, what: string): void;
  /** Throws DiaryTrouble with every problem, if there is any. */
  finish(): void;
};

/** A reader for the values of one file. */
export function createReader(file: string): Reader {
  const problems: string[] = [];
  const problem = (place: string, what: string): void => {
    problems.push(`${file}: ${place === "" ? "the file" : place} ${what}`);
  };

  function object(value: unknown, place: string, known?: readonly string[]): Fields {
    const fields = fieldsOf(value);
    if (fields === null) problem(place, "must be an object: { … }");
    for (const name of Object.keys(fields ?? {})) {
      const mayStand = known === undefined || known.includes(name) || name.startsWith("_");
      const where = place === "" ? name : `${place}.${name}`;
      if (!mayStand) problem(where, `is not known here; known are ${known.join(", ")}`);
    }
    return fields ?? {};
  }

  function text(value: unknown, place: string): string {
    if (typeof value === "string" && value.trim() !== "") return value;
    problem(place, `must be a text, not ${said(value)}`);
    return "";
  }

  return {
    object,
    text,
    texts(value, place) {
      if (Array.isArray(value)) return value.map((one, at) => text(one, `${place}[${at}]`));
      problem(place, `must be a list of texts, not ${said(value)}`);
      return [];
    },
    number(value, place, from, to) {
      if (typeof value === "number" && value >= from && value <= to) return value;
      problem(place, `must be a number from ${from} to ${to}, not ${said(value)}`);
      // The widest: what else is checked by it must not be blamed for this.
      return to;
    },
    flag(value, place) {
      if (typeof value !== "boolean") problem(place, `must be true or false, not ${said(value)}`);
      return value === true;
    },
    choice(value, place, choices) {
      const found = choices.find((one) => one === value);
      if (found !== undefined) return found;
      problem(place, `must be one of ${choices.join(", ")}, not ${said(value)}`);
      return choices[0] as (typeof choices)[number];
    },
    problem,
    finish() {
      if (problems.length > 0) throw new DiaryTrouble(problems.join("\n"));
    },
  };
}

function said(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

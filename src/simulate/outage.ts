import { longestMs, readDuration } from "./duration.ts";
import { faultWords } from "./fault-words.ts";
import { nearest } from "../nearest.ts";

/** Something that is wrong with one provider for some time; times from the story's beginning. */
export type Outage = {
  readonly provider: string;
  /** A word of `faultWords`. */
  readonly fault: string;
  /** Seconds or percent, as the word has it; `null`: none. */
  readonly argument: number | null;
  readonly startMs: number;
  /** `null`: to the story's end. */
  readonly endMs: number | null;
};

/** A mistake in the outage language; the message says where it is and what may stand there. */
export class OutageError extends Error {
  override readonly name = "OutageError";
}

/** Reads `provider:fault@start[+duration]`, separated by `;`. Throws OutageError. */
export function readOutages(text: string, providers: readonly string[]): readonly Outage[] {
  let at = 0;
  return text.split(";").flatMap((part) => {
    const column = at + (part.length - part.trimStart().length) + 1;
    at += part.length + 1;
    return part.trim() === "" ? [] : [readOne(part.trim(), column, providers)];
  });
}

function readOne(part: string, column: number, providers: readonly string[]): Outage {
  // A provider's name may hold a colon or an @; a fault and a time hold neither.
  const [whole, provider, said, when] = /^(.*):([^:@]*)@([^@]*)$/su.exec(part) ?? [];
  if (whole === undefined || provider === undefined || said === undefined || when === undefined) {
    fail(column, `"${part}" is not provider:fault@start+duration, as in qwen:down@60s+5m`);
  }
  if (!providers.includes(provider)) {
    const near = nearest(provider, providers);
    const hint = near === null ? "" : ` Did you mean ${near}?`;
    fail(column, `there is no provider "${provider}"; there are ${providers.join(", ")}.${hint}`);
  }
  const { fault, argument } = readFault(said.trim(), column + provider.length + 1);
  const place = column + provider.length + said.length + 2;
  const [start = "", duration, ...more] = when.split("+").map((one) => one.trim());
  if (more.length > 0) fail(place, `"${when}" has more than one +; write start+duration`);
  const startMs = readTime(start, place);
  if (duration === undefined) return { provider, fault, argument, startMs, endMs: null };
  const lengthMs = readTime(duration, place + when.indexOf("+") + 1);
  if (lengthMs === 0) fail(place + when.indexOf("+") + 1, "an outage lasts longer than 0");
  return { provider, fault, argument, startMs, endMs: startMs + lengthMs };
}

function readFault(said: string, column: number): Pick<Outage, "fault" | "argument"> {
  const [, name = said, given] = /^([^()]*)\(([^()]*)\)$/u.exec(said) ?? [];
  const word = faultWords.get(name);
  if (word === undefined) {
    const names = [...faultWords.keys()];
    const near = nearest(name, names);
    const hint = near === null ? "" : ` Did you mean ${near}?`;
    fail(column, `"${said}" is no fault; the words are ${names.join(", ")}.${hint}`);
  }
  if (given === undefined) return { fault: name, argument: word.argument?.usual ?? null };
  if (word.argument === null) fail(column, `${name} takes nothing in brackets`);
  const { unit } = word.argument;
  const number = unit === "percent" ? readPercent(given) : readDuration(given);
  const most = unit === "percent" ? 100 : 86_400_000;
  if (number === null || number > most) {
    const example = unit === "percent" ? "a share such as 30%" : "seconds, such as 30";
    fail(column + name.length + 1, `"${given}" is not ${example}`);
  }
  return { fault: name, argument: unit === "percent" ? number : number / 1_000 };
}

function readPercent(text: string): number | null {
  const [, digits] = /^(\d+(?:\.\d+)?)\s*%?$/u.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

function readTime(text: string, column: number): number {
  const time = readDuration(text);
  if (time === null) fail(column, `"${text}" is not a time, such as 60s, 5m, 1h or 1h30m`);
  if (time > longestMs) fail(column, `"${text}" is longer than a week`);
  return time;
}

function fail(column: number, message: string): never {
  throw new OutageError(`--outage, column ${column}: ${message}`);
}

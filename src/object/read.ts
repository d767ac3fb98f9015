import type { Content } from "../chat/answer.ts";
import type { Candidate } from "./find.ts";
import { findObjects } from "./find.ts";
import { typeOf } from "./json-schema.ts";
import { parseJson } from "./parse-json.ts";
import type { ParsedJson } from "./parse-json.ts";
import type { Shape } from "./shape.ts";
import type { Verdict } from "./verdict.ts";
import { sayIssues } from "./verdict.ts";

/** Of a number in a message are shown so many digits. */
const longestNumber = 40;

/** What an answer holds: the object that was asked for, or what is wrong, a line each. */
export type Reading =
  | {
      readonly right: true;
      readonly object: unknown;
      /** The text in which the object stood, as the model wrote it. */
      readonly raw: string;
      /** What was passed over, or forgiven. */
      readonly notes: readonly string[];
    }
  | {
      readonly right: false;
      readonly raw: string;
      /** Whether it was cut at max_tokens. */
      readonly cut: boolean;
      readonly issues: readonly string[];
    };

/** Reads a complete answer: nothing cut is mended, nothing wrong is taken. */
export async function readObject(content: Content, shape: Shape): Promise<Reading> {
  const raw = rawOf(content);
  const cut = content.finishReason === "length";
  return readText(raw, raw.replace(/^\uFEFF/u, ""), { cut, shape, twice: false });
}

/** The text in which an answer's object must stand: of a tool call, its arguments. */
export function rawOf({ toolCalls, text }: Content): string {
  const given = toolCalls.at(-1)?.arguments ?? "";
  return given.trim() === "" ? text : given;
}

type Manner = { readonly cut: boolean; readonly shape: Shape; readonly twice: boolean };

async function readText(raw: string, text: string, manner: Manner): Promise<Reading> {
  const { cut, shape, twice } = manner;
  const findings = findObjects(text, cut);
  const objects = findings.candidates.filter((candidate) => candidate.text.startsWith("{"));
  const wrong = (issues: readonly string[]): Reading => ({ right: false, raw, cut, issues });
  if (objects.length === 0) {
    const inner = twice ? undefined : textInQuotes(text);
    if (inner !== undefined) return readText(raw, inner, { ...manner, twice: true });
    return wrong([absence(text, findings, cut)]);
  }
  let largest: { readonly size: number; readonly issues: readonly string[] } | null = null;
  let empty: Reading | null = null;
  for (const candidate of objects.toReversed()) {
    const read = valueOf(candidate);
    const verdict = await verdictOn(read, shape);
    if (!verdict.right) {
      const size = candidate.text.length;
      if (size > (largest?.size ?? 0)) largest = { size, issues: sayIssues(verdict.issues) };
      continue;
    }
    const notes = [
      ...(raw.startsWith("\uFEFF") ? ["A byte order mark was left out."] : []),
      ...(twice ? ["The object was written as a text in quotes, and was read from it."] : []),
      ...notesOn(text, candidate, findings.reasoned, objects.length),
      ...notesOnNumbers(read),
    ];
    const reading: Reading = { right: true, object: verdict.value, raw, notes };
    if (Object.keys(read.value as object).length > 0) return reading;
    empty ??= reading;
  }
  return empty ?? wrong(largest?.issues ?? []);
}

function valueOf({ text, commas }: Candidate): ParsedJson {
  const kept = [0, ...commas.map((at) => at + 1)].map((from, index) =>
    text.slice(from, commas[index]),
  );
  return parseJson(kept.join(""));
}

function verdictOn({ value, beyond }: ParsedJson, shape: Shape): Verdict | Promise<Verdict> {
  if (beyond === null) return shape.check(value);
  const number = beyond.slice(0, longestNumber);
  const message = `holds ${number}, which is larger than any number of JSON's readers`;
  return { right: false, issues: [{ path: "", message }] };
}

function notesOnNumbers({ rounded }: ParsedJson): readonly string[] {
  if (rounded === null) return [];
  const number = rounded.slice(0, longestNumber);
  return [`The number ${number} has more digits than a number can hold, and was rounded.`];
}

function notesOn(
  text: string,
  { start, end, commas }: Candidate,
  reasoned: boolean,
  count: number,
): readonly string[] {
  const before = text.slice(0, start).trim();
  const after = text.slice(end).trim();
  const fenced = /^```\w*$/u.test(before) && after === "```";
  const around = (before !== "" || after !== "") && !fenced && !reasoned;
  return [
    ...(reasoned ? ["Reasoning in the text was left out."] : []),
    ...(fenced ? ["The code fence was left out."] : []),
    ...(around ? ["Text around the object was left out."] : []),
    ...(count > 1 ? [`The text holds ${count} objects; the last that fits was taken.`] : []),
    ...(commas.length > 0 ? ["A comma with nothing after it was left out."] : []),
  ];
}

function textInQuotes(text: string): string | undefined {
  const value = parsed(text);
  return typeof value === "string" ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function absence(text: string, findings: ReturnType<typeof findObjects>, cut: boolean): string {
  const { onlyReasoned, broken, candidates } = findings;
  if (cut) return "the answer was cut at max_tokens before the object was complete";
  if (onlyReasoned) return "the answer is nothing but reasoning that never ends";
  if (broken !== null) {
    return `the JSON is broken after ${broken.after} characters: ${broken.expected} was due`;
  }
  const whole = parsed(text.trim());
  if (whole === undefined && candidates.length === 0) return "the answer holds no JSON object";
  const type = whole === undefined ? "array" : typeOf(whole);
  const what = type === "null" ? type : `${type === "array" ? "an" : "a"} ${type}`;
  return `the answer is ${what}, and an object is due`;
}

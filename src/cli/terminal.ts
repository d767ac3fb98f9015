import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Writes to standard output; resolves when it is on its way, whether or not anybody reads it. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** Writes to standard output as JSON. */
export function writeJson(value: unknown, indent = 2): Promise<void> {
  return writeOut(`${JSON.stringify(value, null, indent)}\n`);
}

/** Writes a line to standard error: what is said about the output and is no part of it. */
export function writeNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Says what went wrong, on standard error. */
export function writeFailure(message: string): void {
  writeNote(`${paintNote("red", "standin:")} ${message}`);
}

/** The text in a style where standard output is a terminal with colours; else as it is. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** As `paint`, for standard error. */
export function paintNote(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stderr });
}

/** A model's text as standard output may have it: exact, but a terminal gets no control codes. */
export function safeText(text: string): string {
  return process.stdout.isTTY ? text.replace(controlCodes, "") : text;
}

// Everything a terminal would act on, but for tabs and new lines.
const controlCodes = /(?![\t\n])\p{Cc}/gu;

import { createScanner } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { wholeFileProblem } from "./problem.ts";
import { fileLimits } from "./schema/defaults.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A file's text, its mark of byte order gone, once it is UTF-8, small and shallow enough. */
export function readBounded(
  input: string | Uint8Array,
): { readonly text: string } | { readonly problem: Problem } {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  if (bytes.length > fileLimits.bytes) {
    const size = `${bytes.length} bytes, more than the ${fileLimits.bytes} allowed`;
    return refuse(`is too large: ${size}`, "a list of providers needs a few kilobytes");
  }
  const decoded = decode(bytes);
  if (decoded === null) return { problem: badEncoding(bytes) };
  const text = decoded.startsWith("\uFEFF") ? decoded.slice(1) : decoded;
  if (isDeep(text)) {
    return refuse(
      `is nested more than ${fileLimits.nesting} deep`,
      "settings need four levels; flatten what is in extra_body",
    );
  }
  return { text };
}

function refuse(message: string, hint: string): { readonly problem: Problem } {
  return { problem: wholeFileProblem(`the file ${message}`, hint) };
}

const inUtf8 = "save it in the encoding UTF-8";

function badEncoding(bytes: Uint8Array): Problem {
  const [first = 0, second = 0] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isWide) return wholeFileProblem("the file is UTF-16, not UTF-8 text", inUtf8);
  const before = new TextDecoder("utf-8").decode(bytes).split("\uFFFD", 1)[0] ?? "";
  const lines = before.split(/\r\n|\n|\r/u);
  const place = { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
  return { ...wholeFileProblem("the file is not UTF-8 text: here it is broken", inUtf8), ...place };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

// The scanner's `SyntaxKind`, a const enum that cannot be imported here.
const closers: ReadonlyMap<number, number> = new Map([
  [1, 2],
  [3, 4],
]);
const endOfFile = 17;

// The parser recurses: this must not. A closer that fits nothing closes nothing, as for the parser.
function isDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  const awaited: number[] = [];
  for (;;) {
    const token: number = scanner.scan();
    if (token === endOfFile) return false;
    const closer = closers.get(token);
    if (closer !== undefined) awaited.push(closer);
    else if (token === awaited.at(-1)) awaited.pop();
    if (awaited.length > fileLimits.nesting) return true;
  }
}

import { createScanner } from "jsonc-parser";

// The scanner's `SyntaxKind`, a const enum that cannot be imported here.
const openers: ReadonlyMap<number, string> = new Map([
  [1, "{"],
  [3, "["],
]);
const closers: ReadonlyMap<number, string> = new Map([
  [2, "{"],
  [4, "["],
]);
const endOfFile = 17;

type Opened = { readonly sign: string; readonly line: number; readonly indent: string };

/** The line of a bracket that is never closed, by the indents: the one that is missed, if any. */
export function unclosed(text: string, sign: "{" | "["): number | null {
  const indents = text.split(/\r\n|\n|\r/u).map((line) => /^[ \t]*/u.exec(line)?.[0] ?? "");
  const scanner = createScanner(text, true);
  const open: Opened[] = [];
  let suspect: Opened | null = null;
  for (;;) {
    const token: number = scanner.scan();
    if (token === endOfFile) break;
    const line = scanner.getTokenStartLine();
    const indent = indents[line] ?? "";
    const opener = openers.get(token);
    if (opener !== undefined) open.push({ sign: opener, line, indent });
    if (!closers.has(token)) continue;
    const last = open.pop();
    // What closes further out than it was opened closes another.
    const isForeign = last !== undefined && last.line !== line && last.indent !== indent;
    if (isForeign && suspect === null) suspect = last;
  }
  const never = suspect ?? open.findLast((one) => one.sign === sign) ?? null;
  return never === null ? null : never.line + 1;
}

import { createScanner } from "jsonc-parser";

/** What stands between the values of a file, in the order of the text. */
export type Piece = {
  readonly kind: "comma" | "space" | "line-break" | "line-comment" | "block-comment";
  readonly offset: number;
  readonly end: number;
};

// The scanner's `SyntaxKind`, a const enum that cannot be imported here.
const kinds: ReadonlyMap<number, Piece["kind"]> = new Map([
  [5, "comma"],
  [12, "line-comment"],
  [13, "block-comment"],
  [14, "line-break"],
  [15, "space"],
]);

/** The commas, blanks and comments from an offset on, up to the next value, name or bracket. */
export function gapAfter(text: string, from: number): readonly Piece[] {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  const pieces: Piece[] = [];
  for (;;) {
    const kind = kinds.get(scanner.scan());
    if (kind === undefined) return pieces;
    const offset = scanner.getTokenOffset();
    pieces.push({ kind, offset, end: offset + scanner.getTokenLength() });
  }
}

/** Whether a piece is a comment. */
export function isComment({ kind }: Piece): boolean {
  return kind === "line-comment" || kind === "block-comment";
}

/** Where the comments end that follow on the same line; where they begin if more follows there. */
export function endOfRemarks(text: string, from: number): number {
  const gap = gapAfter(text, from);
  const stop = gap.findIndex(({ kind }) => kind === "line-break" || kind === "comma");
  const line = stop === -1 ? gap : gap.slice(0, stop);
  if (stop === -1 || gap[stop]?.kind === "comma") return from;
  return line.findLast(isComment)?.end ?? from;
}

/** Where the line begins that an offset stands on. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? "";
}

/** Whether only blanks stand before an offset on its line, and another line above it. */
export function beginsLine(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return start > 0 && /^[ \t]*$/u.test(text.slice(start, offset));
}

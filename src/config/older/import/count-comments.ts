import { createScanner } from "jsonc-parser";

// The scanner's `SyntaxKind`, a const enum that cannot be imported here.
const [lineComment, blockComment, end] = [12, 13, 17];

/** How many comments a text has. */
export function countComments(text: string): number {
  const scanner = createScanner(text, false);
  let count = 0;
  for (let kind: number = scanner.scan(); kind !== end; kind = scanner.scan()) {
    if (kind === lineComment || kind === blockComment) count += 1;
  }
  return count;
}

import type { Document } from "./document.ts";
import { foreignFormat } from "./foreign-format.ts";
import type { Finding } from "./problem.ts";
import { afterEnd, sayCode, sayToken } from "./syntax-words.ts";

const most = 10;

// The parser's code for what is no part of JSON, wherever it stands.
const unknownSign = 1;

/** What keeps a text from being JSON: the first mistake, and others that cannot follow from it. */
export function checkSyntax(text: string, document: Document): readonly Finding[] {
  if (text.trim() === "") return [whole("the file is empty", "`standin init` writes a first one")];
  if (isRemark(text)) {
    return [whole("the file holds nothing but comments", "`standin init` writes a first one")];
  }
  if (document.errors.length === 0) {
    return document.value === undefined ? [whole("the file is not JSON", openWithBrace)] : [];
  }
  const foreign = foreignFormat(text);
  if (foreign !== null) return [whole(foreign.message, foreign.hint)];
  return sayErrors(text, document);
}

// One of a kind is enough, and one a line; what may follow from another is none.
function sayErrors(text: string, { errors, placeAt, end }: Document): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const lines = new Set<number>();
  const isClosed = /[}\]]/u.test(text.charAt(end - 1));
  for (const { error, offset } of errors) {
    const code: number = error;
    const isAfterEnd = code === unknownSign && isClosed && offset >= end;
    const known = isAfterEnd ? null : sayToken(text, offset);
    const { line } = placeAt(offset);
    if (findings.size > 0 && (known?.isSure !== true || lines.has(line))) continue;
    const { message, hint } = known ?? sayCode(isAfterEnd ? afterEnd : code, text, offset);
    if (findings.has(message)) continue;
    lines.add(line);
    const told = `not JSON: ${message}`;
    findings.set(message, { severity: "error", path: [], offset, message: told, hint });
    if (findings.size === most) break;
  }
  return [...findings.values()];
}

const openWithBrace = "begin with { and end with }";

function whole(message: string, hint: string): Finding {
  return { severity: "error", path: [], offset: 0, message, hint };
}

// Nothing but comments that are closed.
function isRemark(text: string): boolean {
  return text.replace(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//gu, "").trim() === "";
}

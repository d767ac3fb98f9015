import type { ParseError } from "jsonc-parser";
import type { Document } from "./document.ts";
import type { Finding } from "./problem.ts";

const told = 10;

/** What keeps a text from being JSON, one finding a line: the rest may follow from the first. */
export function checkSyntax(text: string, document: Document): readonly Finding[] {
  if (document.value === undefined) {
    if (isBlank(text)) return [whole("the file is empty", "`standin init` writes a first one")];
    if (document.errors.length === 0) return [whole("the file is not JSON", openWithBrace)];
  }
  const lines = new Map<number, Finding>();
  for (const error of document.errors) {
    const { line } = document.placeAt(error.offset);
    if (!lines.has(line)) lines.set(line, said(error, text));
  }
  return [...lines.values()].slice(0, told);
}

const openWithBrace = "begin with { and end with }";

function whole(message: string, hint: string): Finding {
  return { severity: "error", path: [], offset: 0, message, hint };
}

function isBlank(text: string): boolean {
  return text.replace(/\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/gu, "").trim() === "";
}

function said({ error, offset }: ParseError, text: string): Finding {
  const [message, hint] = wording(error, text.slice(offset, offset + 1));
  return { severity: "error", path: [], offset, message: `not JSON: ${message}`, hint };
}

// The numbers are the parser's `ParseErrorCode`, a const enum that cannot be imported here.
function wording(code: number, character: string): readonly [string, string] {
  switch (code) {
    case 2:
      return ["this number is not written as JSON does", "write it like 0.7 or 30"];
    case 3:
      return ["the name of a setting in double quotes is expected", 'write it like "timeout": 30'];
    case 5:
      return ["a colon is expected", 'write a colon between name and value: "timeout": 30'];
    case 6:
      return ["a comma is missing before this", "put a comma after the previous value"];
    case 7:
      return ["a closing } is missing", "close every { with a }"];
    case 8:
      return ["a closing ] is missing", "close every [ with a ]"];
    case 9:
      return ["the file goes on after its end", "take out what follows the last }"];
    case 10:
    case 11:
      return ["a comment is not closed", "close it with */"];
    case 12:
      return ["a text is not closed on its line", 'end it with "'];
    case 13:
    case 14:
    case 15:
      return ["a text holds an escape or a character JSON does not know", "write \\\\ for a \\"];
    default:
      return character === "'"
        ? ["texts stand in double quotes", "write \" in place of '"]
        : [
            "a value is expected",
            "write a text in quotes, a number, true, false, null, { } or [ ]",
          ];
  }
}

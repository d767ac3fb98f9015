import { quote } from "./show.ts";
import { unclosed } from "./unclosed.ts";

/** A mistake of JSON in words; it is sure if it cannot follow from an earlier one. */
export type Mistake = {
  readonly message: string;
  readonly hint: string;
  readonly isSure: boolean;
};

/** What people write that JSON does not know, by what stands there; `null`: nothing of these. */
export function sayToken(text: string, offset: number): Mistake | null {
  const words = wordsFor(text, offset);
  if (words === null) return null;
  const [message, hint, isSure = false] = words;
  return { message, hint, isSure };
}

type Words = readonly [message: string, hint: string, isSure?: boolean];

function wordsFor(text: string, offset: number): Words | null {
  const rest = text.slice(offset, offset + 100);
  const found = tokens.find(([token]) => token.test(rest));
  if (found !== undefined) return found[1];
  if (/\d/u.test(text.charAt(offset - 1)) && /^[\w.]/u.test(rest)) return plainNumber;
  const word = /^[A-Za-z_][\w.-]*/u.exec(rest)?.[0];
  if (word === undefined || /^(?:true|false|null)$/u.test(word)) return null;
  const meant = literals.get(word.toLowerCase());
  if (meant !== undefined) return [`JSON does not know ${word}`, `write ${meant}`, true];
  const after = rest.slice(word.length).trimStart();
  const isName = after.startsWith(":") || after.startsWith("=");
  const what = isName ? "names of settings" : "texts";
  // A plain word may be shown; any other may be a key that lost its quotes.
  const cure = /^[a-z_]{1,30}$/iu.test(word) ? `write ${quote(word)}` : 'put " before and after it';
  return [`${what} stand in double quotes`, cure];
}

const plainNumber: Words = ["this is no number", "write it in digits, as in 4000 or 0.7"];

const tokens: readonly (readonly [RegExp, Words])[] = [
  [
    /^(?:<{7}|={7}|>{7}|\|{7})/u,
    ["a merge left its marks here", "keep one version, unmarked", true],
  ],
  [/^'/u, ["texts stand in double quotes", "write \" in place of '", true]],
  [/^`/u, ["texts stand in double quotes", 'write " in place of `', true]],
  [/^[“”„«»‘’]/u, ["these quotes are a word processor's", 'write " in place of “ and ”', true]],
  [/^#/u, ["a comment begins with //", "write // in place of #", true]],
  [/^=/u, ["a colon stands between name and value", "write : in place of =", true]],
  [
    /^[，：；]/u,
    ["this sign is a wide one, as in Chinese text", "write , and : as in English", true],
  ],
  [/^,/u, ["there is a comma too many", "take it out"]],
];

// Of Python, JavaScript and YAML.
const literals: ReadonlyMap<string, string> = new Map([
  ["true", "true"],
  ["false", "false"],
  ["none", "null"],
  ["nil", "null"],
  ["null", "null"],
  ["undefined", "null"],
  ["nan", "a number"],
  ["infinity", "a number"],
  ["yes", "true"],
  ["no", "false"],
  ["on", "true"],
  ["off", "false"],
]);

/** What is wrong by the parser's code for it. */
export function sayCode(code: number, text: string, offset: number): Mistake {
  const [message, hint] = wordsOf(code, text, offset);
  return { message, hint, isSure: false };
}

/** The parser's code for what stands after the end. */
export const afterEnd = 9;

// The numbers are the parser's `ParseErrorCode`, a const enum that cannot be imported here.
function wordsOf(code: number, text: string, offset: number): Words {
  switch (code) {
    case 2:
      return plainNumber;
    case 3:
      return ["the name of a setting is expected", 'write it like "timeout": 30'];
    case 5:
      return ["a colon is expected", 'write a colon between name and value: "timeout": 30'];
    case 6:
      return ["a comma is missing before this", "put a comma after the previous value"];
    case 7:
      return ["a closing } is missing", sayUnclosed(text, "{")];
    case 8:
      return ["a closing ] is missing", sayUnclosed(text, "[")];
    case afterEnd:
      return ["the file goes on after its end", "take out what follows, or a } too many above"];
    case 10:
    case 11:
      return ["a comment is not closed", "close it with */"];
    case 12:
      return /[\r\n]/u.test(text.slice(offset))
        ? ["a text is not closed on its line", 'end it with "']
        : ["the file ends in the middle of a text", "see that it is written to its end"];
    case 13:
    case 14:
    case 15:
      return [
        "a text holds an escape or a character JSON does not know",
        "write \\\\ for a \\, or / in a path",
      ];
    default:
      return ["a value is expected", "write a text in quotes, a number, true, false, null or { }"];
  }
}

function sayUnclosed(text: string, opener: "{" | "["): string {
  const line = unclosed(text, opener);
  const closer = opener === "{" ? "}" : "]";
  return line === null
    ? `close every ${opener}`
    : `close the ${opener} of line ${line} with a ${closer}`;
}

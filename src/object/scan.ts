/** How far a JSON value goes from the place where it begins. */
export type Scan =
  | {
      readonly complete: true;
      /** The place after its last character. */
      readonly end: number;
      /** Where commas stand that have nothing after them. */
      readonly commas: readonly number[];
    }
  | {
      readonly complete: false;
      /** The first character that does not fit; the text's length where it only ends too early. */
      readonly at: number;
      readonly expected: string;
      /** Where the values begin that were open when it broke. */
      readonly open: readonly number[];
      /** Where the outermost open object begins that had begun as one, with a key and a colon. */
      readonly begun: number | null;
    };

/** Nobody means an object that is nested deeper. */
const mostDepth = 256;

type Due = "key_or_end" | "key" | "colon" | "value" | "element_or_end" | "element" | "comma";

const expected: Readonly<Record<Due, string>> = {
  key_or_end: 'a key in quotes, or "}"',
  key: "a key in quotes",
  colon: "a colon",
  value: "a value",
  element_or_end: 'a value, or "]"',
  element: "a value",
  comma: "a comma, or the end",
};

/** Reads the object or list that begins at a place, in one pass and without recursion. */
export function scanValue(text: string, start: number): Scan {
  const open: number[] = [];
  const commas: number[] = [];
  let due: Due = "value";
  let at = start;
  let comma = start;
  let begun: number | null = null;

  function broken(place: number, what = expected[due]): Scan {
    return { complete: false, at: place, expected: what, open, begun };
  }

  for (;;) {
    at = afterBlanks(text, at);
    const sign = text[at];
    if (sign === undefined) return broken(at);
    if (sign === "}" || sign === "]") {
      if (!mayEnd(due, sign, text[open.at(-1) ?? -1])) return broken(at);
      if (due === "key" || due === "element") commas.push(comma);
      if (open.pop() === begun) begun = null;
      at += 1;
      due = "comma";
      if (open.length === 0) return { complete: true, end: at, commas };
    } else if (due === "colon") {
      if (sign !== ":") return broken(at);
      begun ??= open.at(-1) ?? null;
      at += 1;
      due = "value";
    } else if (due === "comma") {
      if (sign !== ",") return broken(at);
      comma = at;
      at += 1;
      due = text[open.at(-1) ?? -1] === "{" ? "key" : "element";
    } else if (due === "key" || due === "key_or_end") {
      const end = sign === '"' ? afterString(text, at) : at;
      if (end <= at) return broken(Math.abs(end), end === at ? expected[due] : "the end of a text");
      at = end;
      due = "colon";
    } else if (sign === "{" || sign === "[") {
      if (open.length === mostDepth) return broken(at, "less nesting");
      open.push(at);
      at += 1;
      due = sign === "{" ? "key_or_end" : "element_or_end";
    } else {
      const end = afterScalar(text, at);
      if (end < 0) return broken(-end, "the end of a text");
      if (end === at) return broken(at);
      at = end;
      due = "comma";
    }
  }
}

function mayEnd(due: Due, sign: string, opener: string | undefined): boolean {
  if (due === "comma") return opener === (sign === "}" ? "{" : "[");
  return sign === "}"
    ? due === "key_or_end" || due === "key"
    : due === "element_or_end" || due === "element";
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text[at] ?? "x")) at += 1;
  return at;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

// The place itself where no scalar begins; below 0, the place where a text in quotes breaks.
function afterScalar(text: string, at: number): number {
  if (text[at] === '"') return afterString(text, at);
  for (const word of ["true", "false", "null"])
    if (text.startsWith(word, at)) return at + word.length;
  number.lastIndex = at;
  return number.test(text) ? number.lastIndex : at;
}

function afterString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === '"') return at + 1;
    if (sign < " ") return -at;
    if (sign !== "\\") continue;
    at += 1;
    const escaped = text[at] ?? "";
    if (escaped === "u") {
      if (!/^[\da-fA-F]{4}$/u.test(text.slice(at + 1, at + 5))) return -at;
      at += 4;
    } else if (escaped === "" || !'"\\/bfnrt'.includes(escaped)) return -at;
  }
  return -text.length;
}

import { scanValue } from "./scan.ts";

/** An object or a list that stands in a text, complete. */
export type Candidate = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where in `text` commas stand that have nothing after them. */
  readonly commas: readonly number[];
};

/** What was found in a text that ought to be one JSON object. */
export type Findings = {
  /** In their order; of very many only the last. */
  readonly candidates: readonly Candidate[];
  /** Whether reasoning was passed over that stood in the text. */
  readonly reasoned: boolean;
  /** Whether the reasoning never ended, so that nothing is the answer. */
  readonly onlyReasoned: boolean;
  /** Of the last object that began and broke: how far, and what was due there. */
  readonly broken: { readonly after: number; readonly expected: string } | null;
};

const mostCandidates = 64;

/** What may be the beginning of an object, of a list, or of reasoning, or the end of that. */
const beginnings =
  /\{(?=\s*["}])|\[(?=\s*["{[\]tfn\d-])|<(\/?)(?:think|thinking|thought|reasoning)\s*>/;

/**
 * Finds every complete object and list outside of reasoning, in one pass: no part of a broken
 * object, and nothing that only looks like one inside of a text in quotes. `cut`: the text is
 * known to end too early, so that a list without its end is no accident of the prose. Never throws.
 */
export function findObjects(text: string, cut: boolean): Findings {
  const found: Candidate[] = [];
  // Where a value begins that is known to break, and from where on there may be others.
  const dead = new Map<number, number>();
  const places = new RegExp(beginnings, "gi");
  let reasoned = false;
  let broken: Findings["broken"] = null;
  for (;;) {
    const place = places.exec(text);
    if (place === null) return { candidates: found, reasoned, onlyReasoned: false, broken };
    const { index: at, 0: sign } = place;
    if (sign.startsWith("<")) {
      reasoned = true;
      const after = place[1] === "/" ? places.lastIndex : afterReasoning(text, places.lastIndex);
      // What stood before an end without a beginning was reasoning too.
      if (place[1] === "/" && !isWhole(text, found, at, after)) found.length = 0;
      if (after < 0)
        return { candidates: found, reasoned, onlyReasoned: found.length === 0, broken };
      places.lastIndex = after;
    } else if (dead.has(at)) {
      places.lastIndex = dead.get(at) ?? at;
    } else {
      const scan = scanValue(text, at);
      if (scan.complete) {
        const commas = scan.commas.map((comma) => comma - at);
        const candidate = { text: text.slice(at, scan.end), start: at, end: scan.end, commas };
        if (!isPart(text, at)) found.push(candidate);
        if (found.length > mostCandidates) found.shift();
        places.lastIndex = scan.end;
      } else {
        // All that was open breaks at the same place.
        for (const open of scan.open) dead.set(open, open === scan.begun ? scan.at : open + 1);
        const { begun } = scan;
        if (begun !== null) broken = { after: scan.at - begun, expected: scan.expected };
        if (begun === at || (cut && isEnd(text, scan.at))) places.lastIndex = scan.at;
      }
    }
  }
}

// An object and nothing but an end of reasoning after it is an answer: reasoning has words.
function isWhole(text: string, found: readonly Candidate[], at: number, after: number): boolean {
  const [only] = found;
  if (only === undefined || found.length > 1) return false;
  const around = [text.slice(0, only.start), text.slice(only.end, at), text.slice(after)];
  return around.every((part) => part.trim() === "");
}

// Half a word or number is where a cut text ends.
function isEnd(text: string, at: number): boolean {
  return text.length - at < 40 && /^[\w.+-]*\s*$/u.test(text.slice(at));
}

// What follows a key in quotes is a value of some object that broke, never the whole.
function isPart(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && " \t\n\r".includes(text[at] ?? "x")) at -= 1;
  if (text[at] !== ":") return false;
  at -= 1;
  while (at >= 0 && " \t\n\r".includes(text[at] ?? "x")) at -= 1;
  return text[at] === '"';
}

function afterReasoning(text: string, from: number): number {
  const end = /<\/(?:think|thinking|thought|reasoning)\s*>/gi;
  end.lastIndex = from;
  return end.test(text) ? end.lastIndex : -1;
}

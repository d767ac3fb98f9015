/** A piece of a template: text as it stands, or the place of a value. */
export type Piece =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "value"; readonly name: string };

/** One line of a template. */
export type TemplateLine = readonly Piece[];

/** Where in a template something is wrong; line and column count from 1. */
export type TemplateProblem = {
  readonly line: number;
  readonly column: number;
  readonly what: string;
};

const opens = "<data>";
const closes = "</data>";
const token = /\{\{|\}\}|\{([^{}]*)\}|[{}]/gu;

/**
 * Reads a template: `{name}` is a value, `{{` and `}}` are braces. `untrusted` are the names of
 * values that come from outside; they may stand only between the lines `<data>` and `</data>`.
 */
export function parseTemplate(
  lines: readonly string[],
  trusted: ReadonlySet<string>,
  untrusted: ReadonlySet<string>,
): { readonly lines: readonly TemplateLine[]; readonly problems: readonly TemplateProblem[] } {
  const problems: TemplateProblem[] = [];
  let inData = false;
  const parsed = lines.map((text, index) => {
    const at = (column: number, what: string): void => {
      problems.push({ line: index + 1, column, what });
    };
    if (text.includes("\n")) at(text.indexOf("\n") + 1, "one line of the list holds a line break");
    if (text === opens) {
      if (inData) at(1, `${opens} stands inside ${opens}`);
      inData = true;
    }
    if (text === closes) {
      if (!inData) at(1, `${closes} without ${opens}`);
      inData = false;
    }
    return parseLine(text, inData, trusted, untrusted, at);
  });
  if (inData) problems.push({ line: lines.length, column: 1, what: `${closes} is missing` });
  return { lines: parsed, problems };
}

function parseLine(
  text: string,
  inData: boolean,
  trusted: ReadonlySet<string>,
  untrusted: ReadonlySet<string>,
  at: (column: number, what: string) => void,
): TemplateLine {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    const column = match.index + 1;
    const [whole, name] = match;
    pieces.push({ type: "text", text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (whole === "{{" || whole === "}}") pieces.push({ type: "text", text: whole.slice(1) });
    else if (name === undefined) at(column, `a lone ${whole}: write ${whole}${whole} for a brace`);
    else {
      const problem = nameProblem(name, inData, trusted, untrusted);
      if (problem !== null) at(column, problem);
      pieces.push({ type: "value", name });
    }
  }
  pieces.push({ type: "text", text: text.slice(end) });
  return pieces.filter((piece) => piece.type === "value" || piece.text !== "");
}

function nameProblem(
  name: string,
  inData: boolean,
  trusted: ReadonlySet<string>,
  untrusted: ReadonlySet<string>,
): string | null {
  if (trusted.has(name)) return null;
  if (untrusted.has(name)) {
    const where = `may stand only between ${opens} and ${closes}`;
    return inData ? null : `{${name}} comes from outside and ${where}`;
  }
  const known = [...trusted, ...untrusted].toSorted().join(", ");
  return `{${name}} is no value of this agent; write {{ and }} for braces. Values are ${known}`;
}

/** The template with its values, each already in the form in which it may stand. */
export function fillTemplate(
  lines: readonly TemplateLine[],
  values: Readonly<Record<string, string>>,
): string {
  return lines
    .map((pieces) =>
      pieces
        .map((piece) => (piece.type === "text" ? piece.text : (values[piece.name] ?? "null")))
        .join(""),
    )
    .join("\n");
}

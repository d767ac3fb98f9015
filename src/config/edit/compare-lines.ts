/** A line of two texts that are compared; its number counts from 1, in the text that has it. */
export type ComparedLine = {
  readonly sign: "+" | "-" | " ";
  readonly line: number;
  readonly text: string;
};

const around = 2;
const mostCells = 4_000_000;

/** The lines in which two texts differ, with a few of those around them. */
export function compareLines(before: string, after: string): readonly ComparedLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const middle = compareMiddle(
    old.slice(start, old.length - end),
    now.slice(start, now.length - end),
    start,
  );
  const same = (from: number, to: number): readonly ComparedLine[] =>
    now.slice(from, to).map((text, at) => ({ sign: " ", line: from + at + 1, text }));
  const last = now.length - end;
  const lines = [...same(Math.max(0, start - around), start), ...middle];
  return nearChanges([...lines, ...same(last, Math.min(now.length, last + around))]);
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/\r\n|\n|\r/u);
}

// The longest common run of lines, by the table that every textbook has.
function compareMiddle(
  old: readonly string[],
  now: readonly string[],
  offset: number,
): readonly ComparedLine[] {
  const isHuge = old.length * now.length > mostCells;
  const width = now.length + 1;
  const table = new Uint32Array(isHuge ? 0 : (old.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  if (!isHuge) {
    for (let i = old.length - 1; i >= 0; i -= 1) {
      for (let j = now.length - 1; j >= 0; j -= 1) {
        const same = old[i] === now[j];
        table[i * width + j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  const lines: ComparedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    if (!isHuge && left !== undefined && left === right) {
      lines.push({ sign: " ", line: offset + j + 1, text: left });
      [i, j] = [i + 1, j + 1];
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: "-", line: offset + i + 1, text: left });
      i += 1;
    } else {
      lines.push({ sign: "+", line: offset + j + 1, text: right ?? "" });
      j += 1;
    }
  }
  return lines;
}

function nearChanges(lines: readonly ComparedLine[]): readonly ComparedLine[] {
  return lines.filter((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== " "),
  );
}

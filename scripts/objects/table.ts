import type { BrokenAnswer } from "./answers.ts";
import type { Outcome } from "./ours.ts";

/** What came of one answer on both sides. */
export type Compared = {
  readonly answer: BrokenAnswer;
  readonly mended: Outcome;
  readonly never: Outcome;
  readonly sdk: Outcome;
  readonly sdkWithMiddleware: Outcome;
};

const columns = [
  ...["the answer", "Standin; asked again, it is right", "Standin; it stays so, another stands by"],
  ...["AI SDK 7", "AI SDK 7 with its middleware"],
];

/** The table as docs/objects.md has it. */
export function tableOf(rows: readonly Compared[]): string {
  const lines = rows.map(({ answer, mended, never, sdk, sdkWithMiddleware }) =>
    row([answer.what, ...[mended, never, sdk, sdkWithMiddleware].map(say)]),
  );
  return [row(columns), `|${"---|".repeat(columns.length)}`, ...lines].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** An outcome as a cell of the table. */
export function say({ result, requests }: Outcome): string {
  return requests === 1 ? result : `${result} (${requests} requests)`;
}

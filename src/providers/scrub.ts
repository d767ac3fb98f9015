const keyLike = new RegExp(
  [
    String.raw`(?<![a-z\d])(?:sk|ak|pk|rk|key|gsk|xai|tp)-[\w*.-]{4,}`,
    String.raw`\bbearer\s+\S+`,
    String.raw`\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b`,
    String.raw`(?=[\w.]*\d)(?=[\w.]*[a-z])[\w.]{28,}`,
  ].join("|"),
  "gi",
);

/** A vendor's text on one line, cut to a length, with `***` for all that looks like a key. */
export function scrub(text: string, most: number): string {
  const line = text
    .slice(0, 4 * most)
    // Neither a terminal's control codes nor marks that turn the reading direction.
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .replaceAll(keyLike, "***");
  return (line.length > most ? `${line.slice(0, most - 1)}…` : line).toWellFormed();
}

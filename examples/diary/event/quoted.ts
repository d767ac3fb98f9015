const longest = 60;

/** A value as it was told, for a message; of a long one the beginning. Never throws. */
export function quoted(value: unknown): string {
  const text = written(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch {
    return typeof value === "bigint" ? `${value}n` : "what JSON cannot hold";
  }
}

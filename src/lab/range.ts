/** Whether a field is absent, or a number within the bounds. */
export function inRange(value: unknown, from: number, to: number): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "number" && value >= from && value <= to;
}

/** Whether a field is absent, or a whole number within the bounds. */
export function wholeInRange(value: unknown, from: number, to: number): boolean {
  return inRange(value, from, to) && (typeof value !== "number" || Number.isInteger(value));
}

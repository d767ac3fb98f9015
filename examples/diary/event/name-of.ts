const longest = 200;

/** What a name of an event, a user or an id may be, for a message. */
export const nameForm = `of at most ${longest} characters, on one line`;

const unfit = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** A name of an event, a user or an id, without blanks around it; `null` if it cannot be one. */
export function nameOf(value: unknown): string | null {
  if (typeof value !== "string" || value.length > longest || !value.isWellFormed()) return null;
  const name = value.trim();
  return name === "" || unfit.test(name) ? null : name;
}

import { DiaryTrouble } from "../trouble.ts";

/** The database cannot do what it was asked now; nothing of it was done. */
export class StoreTrouble extends DiaryTrouble {
  /** Whether the same may succeed later without anybody mending anything. */
  readonly passing: boolean;

  constructor(message: string, options: { readonly passing: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.passing = options.passing;
  }
}

type Words = { readonly passing: boolean; readonly what: string };

// The primary result codes: sqlite.org/rescode.html.
const words: Readonly<Record<number, Words>> = {
  3: { passing: false, what: "may not be opened: look at the rights of the file and its folder" },
  5: { passing: true, what: "is locked by another process: try again when it is done" },
  6: { passing: true, what: "is locked: try again" },
  8: { passing: false, what: "may only be read: look at the rights of the file and its folder" },
  10: {
    passing: false,
    what: "could not be read or written: look whether its disk is full, or failing",
  },
  11: { passing: false, what: "is damaged: put a backup in its place" },
  13: { passing: true, what: "cannot grow, because the disk is full: make room and try again" },
  14: { passing: false, what: "cannot be opened: look whether it is a file, and may be written" },
  26: { passing: false, what: "is no SQLite database: name another file with --db" },
};

/** An error of SQLite in plain words, with the file; any other error as it is. */
export function storeTrouble(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("errcode" in error)) return error;
  const known = words[Number(error.errcode) & 0xff];
  const { passing, what } = known ?? { passing: false, what: `says: ${error.message}` };
  const message = `The diary's database ${path} ${what}.`;
  return new StoreTrouble(message, { passing, cause: error });
}

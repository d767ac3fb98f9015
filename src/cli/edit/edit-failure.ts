import { systemReason } from "../system-reason.ts";

/** An edit that was not made because of the file or the machine; its message says what to do. */
export class EditFailure extends Error {
  override readonly name = "EditFailure";
  /** Whether there is no file to edit. */
  readonly missing: boolean;

  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}

/** The system's refusal in words, with what to do about it. */
export function cannot(what: string, error: unknown): EditFailure {
  if (error instanceof EditFailure) return error;
  const { code } = error as NodeJS.ErrnoException;
  const cure = code === undefined ? undefined : cures[code];
  const hint = cure === undefined ? "" : `: ${cure}`;
  return new EditFailure(`${what}: ${systemReason(error)}${hint}. Nothing was changed.`);
}

const cures: Readonly<Record<string, string>> = {
  EACCES: "let this user write to the folder, or run this as who may",
  EPERM: "let this user write to the folder, or run this as who may",
  EROFS: "edit it where it can be written, and bring it here again",
  EBUSY: "it is mounted by itself, so edit the file that is mounted",
  ENOSPC: "make room and do it again",
  EDQUOT: "make room and do it again",
};

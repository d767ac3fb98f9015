import type { FinishReason } from "../chat/delta.ts";
import type { FailureKind, Scope } from "../failure.ts";
import type { VendorError } from "./error-body.ts";

/** One row of a failure table: all that it names must fit. */
export type FailureRow = {
  /** Any of these; an error that states no status fits if the row names a code or a message. */
  readonly status?: readonly number[];
  /** Some code or type fits. */
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly form?: readonly VendorError["form"][];
  readonly kind: FailureKind;
  /** Where it is not what the kind usually means. */
  readonly scope?: Scope;
  /** What happened, where it is not what the kind usually says. */
  readonly what?: string;
  /** What to do, where it is not what the kind usually calls for. */
  readonly advice?: string;
  /** The public source that shows it. */
  readonly evidence: string;
};

/** What a finish reason means: an end of the answer, or a failure. */
export type Finish = FinishReason | Extract<FailureKind, "overloaded" | "content_filtered">;

/** What one vendor does in its own way when things end. */
export type VendorEndings = {
  readonly failures: readonly FailureRow[];
  /** Its own names of ends, beside those that every vendor has. */
  readonly finishes: Readonly<Record<string, Finish>>;
};

/** An error as rows are matched against it. */
export type Subject = Pick<VendorError, "codes" | "message" | "form"> & {
  /** `null`: an error within a 200 that states none. */
  readonly status: number | null;
};

/** Whether all that a row names fits an error. */
export function fits(row: FailureRow, { status, codes, message, form }: Subject): boolean {
  const { code } = row;
  if (row.form !== undefined && !row.form.includes(form)) return false;
  if (code !== undefined && !codes.some((candidate) => code.test(candidate))) return false;
  if (row.message !== undefined && !row.message.test(message)) return false;
  if (row.status === undefined) return true;
  if (status !== null) return row.status.includes(status);
  return code !== undefined || row.message !== undefined;
}

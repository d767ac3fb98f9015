import type { Vendor } from "../snapshot.ts";
import type { VendorError } from "./error-body.ts";
import type { FailureRow, Subject } from "./failure-row.ts";
import { fits } from "./failure-row.ts";
import { anyVendor, strangers } from "./vendors/any.ts";
import { endings } from "./vendors/endings.ts";

// Statuses that say for themselves what happened, whatever a wrapper inside states.
const definite = new Set([401, 402, 403, 404, 408, 413, 429]);

/** An error as the tables see it: with the status that counts. */
export function subjectOf(error: VendorError, httpStatus: number): Subject {
  if (definite.has(httpStatus)) return { ...error, status: httpStatus };
  return { ...error, status: error.status ?? (httpStatus >= 300 ? httpStatus : null) };
}

/** The first row that fits: of those for strangers' replies, the vendor's, then anybody's. */
export function findRow(vendor: Vendor, subject: Subject): FailureRow | undefined {
  for (const rows of [strangers, endings[vendor].failures, anyVendor.failures]) {
    const row = rows.find((candidate) => fits(candidate, subject));
    if (row !== undefined) return row;
  }
  return undefined;
}

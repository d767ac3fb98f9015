import type { Vendor } from "../snapshot.ts";
import type { Finish } from "./failure-row.ts";
import { anyVendor } from "./vendors/any.ts";
import { endings } from "./vendors/endings.ts";

/** What a `finish_reason` means: `null`, not finished; `unknown`, a word nobody knows. */
export function readFinish(vendor: Vendor, reason: unknown): Finish | "unknown" | null {
  if (reason === null || reason === undefined || reason === "" || reason === "null") return null;
  if (typeof reason !== "string") return "unknown";
  return own(endings[vendor].finishes, reason) ?? own(anyVendor.finishes, reason) ?? "unknown";
}

function own(finishes: Readonly<Record<string, Finish>>, reason: string): Finish | undefined {
  return Object.hasOwn(finishes, reason) ? finishes[reason] : undefined;
}

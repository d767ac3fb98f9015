import type { OlderData } from "./schema.ts";
import type { OlderKey } from "./told.ts";
import { leftOut, toldOf } from "./told.ts";

const always = "it is always so";
const unmeasured = "nobody here measures how good answers are";

/** What of an older file changes nothing, and why. */
export function readRemarks(data: OlderData): readonly OlderKey[] {
  const remarks = (["updated_at", "updated_by"] as const)
    .filter((key) => data[key] !== undefined)
    .map((key) => toldOf("note", [key], "is read as a remark; it changes nothing"));
  if (data.usage_tracking === undefined) return remarks;
  const message =
    "changes nothing: every answer, error and event tells its tokens, times and attempts by itself";
  const parts = Object.keys(data.usage_tracking).map((key) =>
    leftOut(["usage_tracking", key], key === "track_quality" ? unmeasured : always),
  );
  return [...remarks, toldOf("note", ["usage_tracking"], message), ...parts];
}

import type { Document } from "./document.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";
import { fileLimits } from "./schema/defaults.ts";

/** The objects and lists that hold more than any configuration needs, repeated keys counted. */
export function checkSizes(document: Document): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { path, size } of document.holders()) {
    if (size <= fileLimits.entries) continue;
    const message = `has ${size} entries, more than the ${fileLimits.entries} allowed`;
    findings.push(error(path, message, "leave out what is not used"));
  }
  return findings;
}

import type { Document, Entry, Path } from "./document.ts";
import { forbiddenNames } from "./document.ts";
import { nearest } from "./edits.ts";
import { olderShape } from "./older/schema.ts";
import type { Kind } from "./other-names.ts";
import { homeOf, otherName } from "./other-names.ts";
import type { Finding } from "./problem.ts";
import { knownKeys } from "./schema.ts";
import { quote } from "./show.ts";
import { laterKeys } from "./spoken.ts";
import { valueAt } from "./value-at.ts";

/** What is wrong with the names of keys: repeated, forbidden, unknown, of a later version. */
export function checkKeys(document: Document): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { path, entries } of document.holders()) {
    findings.push(...repeated(path, entries), ...forbidden(path, entries));
    const kind = kindOf(path);
    if (kind === null) continue;
    for (const entry of entries) {
      if (forbiddenNames.has(entry.name)) continue;
      const value = valueAt(document.value, [...path, entry.name]);
      const finding = unknown(kind, path, entry, value);
      if (finding !== null) findings.push(finding);
    }
  }
  return findings;
}

// Which kind of object stands where; `*` is a name or a place of the user's.
const kinds: readonly (readonly [path: string, kind: Kind])[] = [
  ["", "file"],
  ["providers.*", "provider"],
  ["providers.*.timeouts", "timeouts"],
  ["providers.*.rate_limit", "rateLimit"],
  ["providers.*.pricing", "pricing"],
  ["accounts.*", "account"],
  ["accounts.*.rate_limit", "rateLimit"],
  ["failover", "failover"],
  ["failover.backoff", "backoff"],
  ["failover.circuit_breaker", "circuitBreaker"],
  ["failover.retry_budget", "retryBudget"],
  ["failure_rules.*", "failureRule"],
  ...(["routes", "tasks"] as const).flatMap((key): [string, Kind][] => [
    [`${key}.*`, "route"],
    [`${key}.*.overrides`, "overrides"],
    [`${key}.*.failover`, "routeFailover"],
    [`${key}.*.failover.backoff`, "backoff"],
    [`${key}.*.rate_limit`, "rateLimit"],
  ]),
  ["model_selection", "olderSelection"],
  ["model_selection.auto_switch_rules", "olderRules"],
  ["model_selection.performance_settings", "olderPerformance"],
  ...["task_specific_models", "model_selection.task_specific_models"].flatMap(
    (key): [string, Kind][] => [
      [`${key}.*`, "olderTask"],
      [`${key}.*.model_settings`, "overrides"],
    ],
  ),
  ["usage_tracking", "olderTracking"],
];

const patterns = kinds.map(([path, kind]) => ({ parts: path === "" ? [] : path.split("."), kind }));

function kindOf(path: Path): Kind | null {
  const found = patterns.find(
    ({ parts }) =>
      parts.length === path.length &&
      parts.every((part, index) => part === "*" || part === path[index]),
  );
  return found?.kind ?? null;
}

function repeated(path: Path, entries: readonly Entry[]): readonly Finding[] {
  const seen = new Set<string>();
  return entries.flatMap(({ name, offset }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const hint = "keep one of them: only the last would count";
    const message = "stands here a second time in the same object";
    return [{ severity: "error", path: [...path, name], offset, message, hint } as const];
  });
}

function forbidden(path: Path, entries: readonly Entry[]): readonly Finding[] {
  return entries
    .filter(({ name }) => forbiddenNames.has(name))
    .map(({ name, offset }) => ({
      severity: "error",
      path: [...path, name],
      offset,
      message: "is a name that JavaScript keeps for itself",
      hint: "choose another name",
    }));
}

function unknown(kind: Kind, path: Path, { name, offset }: Entry, value: unknown): Finding | null {
  const at = { path: [...path, name], offset };
  const known: readonly string[] = knownKeys[kind];
  if (name === "$schema" || name.startsWith("_") || known.includes(name)) return null;
  const cure = laterKeys[kind]?.get(name);
  if (cure !== undefined) {
    const message = "is a setting that this version does not have yet";
    return { ...at, severity: "error", message, hint: cure };
  }
  const near = nearest(
    name,
    known.filter((key) => key !== "$schema"),
  );
  const meant = near ?? otherName(kind, name);
  if (meant !== undefined) {
    const hint =
      near === undefined ? `it is called ${quote(meant)} here` : `did you mean ${quote(meant)}?`;
    return { ...at, severity: "error", message: "is not a known setting", hint, meant };
  }
  const home = kind === "file" && isProvider(value) ? "providers" : homeOf(kind, name);
  if (home !== undefined) {
    const hint = home === "providers" ? 'put it into "providers": { … }' : `put it into ${home}`;
    const message = "stands in the wrong place";
    return {
      ...at,
      severity: "error",
      message,
      hint,
      ...(home === "providers" && { meant: home }),
    };
  }
  const current = known.filter((key) => key !== "$schema" && !(kind === "file" && isOlder(key)));
  const hint = `known here: ${current.join(", ")}`;
  return { ...at, severity: "warning", message: "is not a known setting and is ignored", hint };
}

function isProvider(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ["api_endpoint", "api_key", "model_name"].some((key) => Object.hasOwn(value, key));
}

function isOlder(key: string): boolean {
  return Object.hasOwn(olderShape, key);
}

import { isDeepStrictEqual } from "node:util";
import type { Path } from "../document.ts";
import { valueAt } from "../value-at.ts";
import type { OlderData } from "./schema.ts";
import type { OlderKey } from "./told.ts";
import { leftOut, toldOf } from "./told.ts";

type Selection = NonNullable<OlderData["model_selection"]>;

/** The settings of older files that say how a provider is chosen. */
export type Choosing = Omit<Selection, "auto_switch_rules" | "performance_settings">;

/** A setting's value, and where it stands. */
export type Stated<Value> = { readonly value: Value; readonly path: Path };

/** Every such setting that the file has, each read from one place. */
export type StatedSettings = {
  readonly [Key in keyof Choosing]?: Stated<NonNullable<Choosing[Key]>>;
};

const order: readonly Path[] = [["model_selection"], []];
const rules: readonly Path[] = [["model_selection", "auto_switch_rules"], ["model_selection"]];
const wishes: readonly Path[] = [["model_selection", "performance_settings"], ["model_selection"]];

// Where a setting may stand; the first place that has it is read.
const places: Readonly<Record<keyof Choosing, readonly Path[]>> = {
  default_provider: order,
  fallback_providers: order,
  task_specific_models: order,
  enable_auto_switch: rules,
  switch_on_failure: rules,
  switch_on_timeout: rules,
  switch_on_high_cost: rules,
  max_switches_per_request: rules,
  prefer_fastest: wishes,
  prefer_cheapest: wishes,
  prefer_highest_quality: wishes,
  timeout_threshold: wishes,
};

/** Reads each setting from where it counts, and tells of those that stand in a second place. */
export function readStated(data: OlderData): {
  readonly stated: StatedSettings;
  readonly told: readonly OlderKey[];
} {
  const told: OlderKey[] = [];
  const stated = Object.entries(places).flatMap(([key, holders]) => {
    const found = holders
      .map((holder) => ({ path: [...holder, key], value: valueAt(data, [...holder, key]) }))
      .filter(({ value }) => value !== undefined);
    const [first, ...rest] = found;
    if (first === undefined) return [];
    told.push(...rest.map((other) => tellUnread(first, other)));
    return [[key, first] as const];
  });
  return { stated: Object.fromEntries(stated), told };
}

function tellUnread(read: Stated<unknown>, other: Stated<unknown>): OlderKey {
  const where = read.path.join(".");
  if (isDeepStrictEqual(read.value, other.value)) {
    return leftOut(other.path, `the same stands in ${where}`);
  }
  const message = `is not read: ${where} says otherwise, and counts`;
  return toldOf("warning", other.path, message, { hint: "keep one of the two" });
}

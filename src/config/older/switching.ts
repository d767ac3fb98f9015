import type { Config } from "../config.ts";
import type { Path } from "../document.ts";
import type { FailoverSettings } from "../schema.ts";
import type { Stated, StatedSettings } from "./stated.ts";
import type { OlderKey } from "./told.ts";
import { leftOut, obeyed, toldOf } from "./told.ts";

/** A failover as older files say it, in the form of this version. */
export type Switching = {
  readonly failover: FailoverSettings;
  /** Where its keys stand that an older one says. */
  readonly places: Readonly<Record<string, Path>>;
  readonly told: readonly OlderKey[];
};

type Key = "max_switches" | "switch_on_failure" | "switch_on_timeout" | "prefer";
type Wish = {
  readonly key: Key;
  readonly value: number | boolean | string;
  readonly from: Stated<unknown>;
};

const asEver = "it is so where nothing is said";

// What holds where nothing is said.
const usual: Readonly<Partial<Record<Key, boolean>>> = {
  switch_on_failure: true,
  switch_on_timeout: true,
};

/** Makes a failover of the switches and preferences of an older file. */
export function readSwitching(
  config: Config,
  stated: StatedSettings,
  isWritten: (path: Path) => boolean,
): Switching {
  const { wishes, told } = wishesOf(stated);
  let { failover } = config;
  const places: Record<string, Path> = {};
  const settled = wishes.map(({ key, value, from }): OlderKey => {
    const name = `failover.${key}`;
    if (isWritten(["failover", key])) {
      if (failover[key] === value) return leftOut(from.path, `${name} says the same`);
      const [comes, says] = [JSON.stringify(value), JSON.stringify(failover[key])];
      const message = `comes to ${name} ${comes}, but that says ${says}`;
      const hint = `keep one of the two: ${name} is the newer form`;
      return toldOf("error", from.path, message, { hint });
    }
    failover = { ...failover, [key]: value };
    places[key] = from.path;
    return value === usual[key]
      ? leftOut(from.path, asEver)
      : obeyed(from.path, `${name}: ${JSON.stringify(value)}`);
  });
  return { failover, places, told: [...settled, ...told] };
}

function wishesOf(stated: StatedSettings): {
  readonly wishes: readonly Wish[];
  readonly told: readonly OlderKey[];
} {
  const rules = readRules(stated);
  const preferences = readPreferences(stated);
  return {
    wishes: [...rules.wishes, ...preferences.wishes],
    told: [...rules.told, ...preferences.told],
  };
}

function readRules(stated: StatedSettings) {
  const wishes: Wish[] = [];
  const told: OlderKey[] = [];
  const { enable_auto_switch: enabled, max_switches_per_request: most } = stated;
  const isOff = enabled?.value === false;
  if (isOff) wishes.push({ key: "max_switches", value: 0, from: enabled });
  else if (enabled !== undefined) told.push(leftOut(enabled.path, asEver));
  if (most !== undefined && !isOff) {
    wishes.push({ key: "max_switches", value: most.value, from: most });
  } else if (most !== undefined) {
    told.push(leftOut(most.path, `${enabled?.path.join(".")} is false, so it is 0`));
  }
  for (const key of ["switch_on_failure", "switch_on_timeout"] as const) {
    const rule = stated[key];
    if (rule !== undefined) wishes.push({ key, value: rule.value, from: rule });
  }
  const { switch_on_high_cost: cost } = stated;
  if (cost?.value === true) {
    const message = "cannot be obeyed: nothing here ends or moves a request for what it costs";
    const hint = 'set max_tokens, or failover.prefer "cheapest", and take this out';
    told.push(toldOf("warning", cost.path, message, { hint }));
  } else if (cost !== undefined) told.push(leftOut(cost.path, asEver));
  return { wishes, told };
}

function readPreferences(stated: StatedSettings) {
  const wishes: Wish[] = [];
  const told: OlderKey[] = [];
  const { prefer_fastest: fast, prefer_cheapest: cheap, prefer_highest_quality: good } = stated;
  for (const [one, value] of [
    [fast, "fastest"],
    [cheap, "cheapest"],
  ] as const) {
    if (one === undefined) continue;
    if (!one.value) told.push(leftOut(one.path, asEver));
    else if (value === "cheapest" && fast?.value === true) {
      const message = `has no effect: ${fast.path.join(".")} is true too, and holds`;
      told.push(toldOf("warning", one.path, message, { hint: "make one of the two false" }));
    } else wishes.push({ key: "prefer", value, from: one });
  }
  if (good?.value === true) {
    const message = "cannot be obeyed: nobody here measures how good answers are";
    const hint = "name the best one first, as default_provider, and take this out";
    told.push(toldOf("warning", good.path, message, { hint }));
  } else if (good !== undefined) told.push(leftOut(good.path, asEver));
  return { wishes, told };
}

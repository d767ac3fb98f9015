import { isDeepStrictEqual } from "node:util";
import type { Path } from "../document.ts";
import type { Change } from "./change.ts";
import type { Plan, Step } from "./edit.ts";
import { refuse } from "./edit.ts";
import { sayValue } from "./say-value.ts";
import type { Setting } from "./setting.ts";

/** What it takes for an entry of the file to have these settings; nothing if it has them. */
export function planSettings(value: unknown, entry: Path, settings: readonly Setting[]): Plan {
  const changes: Change[] = [];
  const steps: Step[] = [];
  for (const setting of settings) {
    const path = [...entry, ...setting.path];
    const outer = outermostFlaw(value, path);
    if (outer !== null) return refuse(`${outer.join(".")} holds no settings: mend that first`);
    const now = valueAt(value, path);
    if (isDeepStrictEqual(now, setting.value)) continue;
    const key = setting.path.join(".");
    const was = sayValue(setting.path, now);
    if (setting.value === undefined) {
      changes.push({ do: "take", path });
      steps.push({ path, message: `${key} taken out (it was ${was})`, gone: true });
    } else {
      changes.push({ do: "put", path, value: setting.value });
      const told = now === undefined ? "" : ` (it was ${was})`;
      steps.push({ path, message: `${key} is ${sayValue(setting.path, setting.value)}${told}` });
    }
  }
  return { changes, steps };
}

/** What stands at a path; `undefined`: nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    const isThere = typeof at === "object" && at !== null && Object.hasOwn(at, part);
    return isThere ? (at as Record<string | number, unknown>)[part] : undefined;
  }, value);
}

// What should hold settings and is something else.
function outermostFlaw(value: unknown, path: Path): Path | null {
  for (let depth = 1; depth < path.length; depth += 1) {
    const held = valueAt(value, path.slice(0, depth));
    if (held === undefined) return null;
    if (typeof held !== "object" || held === null || Array.isArray(held)) {
      return path.slice(0, depth);
    }
  }
  return null;
}

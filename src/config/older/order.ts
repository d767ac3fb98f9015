import { checkListed, unknownProvider } from "../check-listed.ts";
import type { Config, NamedRoute } from "../config.ts";
import type { Path } from "../document.ts";
import type { Finding } from "../problem.ts";
import { quote } from "../show.ts";
import type { StatedSettings } from "./stated.ts";
import type { OlderKey } from "./told.ts";
import { obeyed, toldOf } from "./told.ts";

/** Who is asked in which order, as older files say it, in the form of this version. */
export type Order = {
  readonly routes: readonly NamedRoute[];
  readonly defaultProvider: string | null;
  readonly told: readonly OlderKey[];
  readonly findings: readonly Finding[];
};

/** Makes routes of the default, the fallbacks and the tasks of an older file. */
export function readOrder(config: Config, stated: StatedSettings): Order {
  const { default_provider: first, fallback_providers: rest } = stated;
  const known = config.providers.map(({ name }) => name);
  const isKnown = (name: string): boolean => known.includes(name);
  const findings: Finding[] = [];
  if (first !== undefined && !isKnown(first.value)) {
    findings.push(unknownProvider(first.value, first.path, known));
  }
  if (rest !== undefined) findings.push(...checkListed(rest.value, rest.path, known));
  const fallbacks = rest?.value.filter(isKnown);
  const said = first !== undefined && isKnown(first.value) ? first.value : null;
  const head = said ?? (rest === undefined ? null : firstByPriority(config));
  const tail = [...(head === null ? [] : [head]), ...(fallbacks ?? byPriority(config))];
  const written = config.routes.find(({ name }) => name === "default");
  const clash = clashes(written, stated);
  const isRoute = fallbacks !== undefined && clash.length === 0;
  const usual = isRoute ? [defaultRoute(unique(tail), written, stated)] : [];
  const tasks = readTasks(config, stated, tail);
  return {
    routes: [
      ...config.routes.flatMap((route) => (isRoute && route === written ? usual : [route])),
      ...(written === undefined ? usual : []),
      ...tasks.routes,
    ],
    defaultProvider: said,
    told: [...clash, ...(clash.length > 0 ? [] : tellOrder(stated, head, tail)), ...tasks.told],
    findings: [...findings, ...tasks.findings],
  };
}

// Both say who is asked by requests that name no route.
function clashes(written: NamedRoute | undefined, stated: StatedSettings): readonly OlderKey[] {
  if (written?.providers === undefined) return [];
  const where = written.places.providers.join(".");
  const { default_provider: first, fallback_providers: rest } = stated;
  return [first, rest].flatMap((one) => {
    if (one === undefined) return [];
    const message = `says who is asked, and ${where} says it too`;
    const hint = `keep one of the two: ${where} is the newer form`;
    return [toldOf("error", one.path, message, { hint })];
  });
}

function tellOrder(
  { default_provider: first, fallback_providers: rest }: StatedSettings,
  head: string | null,
  tail: readonly string[],
): readonly OlderKey[] {
  const order = unique(tail).map(quote).join(", ");
  const told: OlderKey[] = [];
  if (first !== undefined) {
    const others = rest === undefined ? ", the others follow by priority" : "";
    told.push(obeyed(first.path, `first in routes.default.providers${others}`));
  }
  if (rest !== undefined && first === undefined) {
    const message = `no default_provider stands beside it: ${quote(head ?? "")} is asked first`;
    const now = `routes.default.providers: ${order}`;
    const hint = "name it as default_provider to say so";
    told.push(toldOf("note", rest.path, message, { hint, now }));
  } else if (rest !== undefined) {
    told.push(obeyed(rest.path, `routes.default.providers: ${order}`));
  }
  return told;
}

function readTasks(
  config: Config,
  stated: StatedSettings,
  tail: readonly string[],
): Omit<Order, "defaultProvider"> {
  const { task_specific_models: tasks } = stated;
  if (tasks === undefined) return { routes: [], told: [], findings: [] };
  const known = config.providers.map(({ name }) => name);
  const entries = Object.entries(tasks.value);
  const listAt = (name: string): Path => [...tasks.path, name, "preferred_providers"];
  return {
    routes: entries.map(([name, { preferred_providers: preferred = [], model_settings }]) => {
      const route = [...tasks.path, name];
      const providers = unique([...preferred.filter((one) => known.includes(one)), ...tail]);
      return {
        name,
        // Who is left out for an unknown name is told already.
        providers: providers.length === 0 ? undefined : providers,
        local_only: false,
        overrides: model_settings ?? {},
        failover: {},
        rate_limit: {},
        places: {
          route,
          providers: listAt(name),
          failover: [...route, "failover"],
          overrides: [...route, "model_settings"],
        },
      };
    }),
    told: entries.flatMap(([name, task]) => [
      ...clashOf([...tasks.path, name], name, config, stated),
      ...tellTask([...tasks.path, name], name, task),
    ]),
    findings: entries.flatMap(([name, { preferred_providers: preferred = [] }]) =>
      checkListed(preferred, listAt(name), known),
    ),
  };
}

// One name is for one thing.
function clashOf(
  path: Path,
  name: string,
  { routes }: Config,
  { default_provider: first, fallback_providers: rest }: StatedSettings,
): readonly OlderKey[] {
  const other = routes.find((route) => route.name === name);
  const usual = name === "default" ? (first ?? rest) : undefined;
  const where = other?.places.route ?? usual?.path;
  if (where === undefined) return [];
  const message = `is a route of the name ${quote(name)}, and ${where.join(".")} is it too`;
  return [toldOf("error", path, message, { hint: "keep one of the two" })];
}

type Task = NonNullable<StatedSettings["task_specific_models"]>["value"][string];

function tellTask(path: Path, name: string, task: Task): readonly OlderKey[] {
  const { preferred_providers: preferred, model_settings: settings } = task;
  const list = `routes.${name}.providers, then the default and the fallbacks`;
  const overrides = `routes.${name}.overrides`;
  return [
    obeyed(path, `routes.${name}`),
    ...(preferred === undefined ? [] : [obeyed([...path, "preferred_providers"], list)]),
    ...(settings === undefined ? [] : [obeyed([...path, "model_settings"], overrides)]),
  ];
}

function defaultRoute(
  providers: readonly string[],
  written: NamedRoute | undefined,
  { default_provider: first, fallback_providers: rest }: StatedSettings,
): NamedRoute {
  const path = rest?.path ?? first?.path ?? [];
  if (written !== undefined) {
    return {
      ...written,
      providers: [...providers],
      places: { ...written.places, providers: path },
    };
  }
  const own = ["routes", "default"];
  const places = {
    route: path,
    providers: path,
    failover: [...own, "failover"],
    overrides: [...own, "overrides"],
  };
  const nothing = { overrides: {}, failover: {}, rate_limit: {}, local_only: false };
  return { ...nothing, name: "default", providers: [...providers], places };
}

function byPriority({ providers }: Config): readonly string[] {
  return providers.toSorted((a, b) => a.priority - b.priority).map(({ name }) => name);
}

function firstByPriority(config: Config): string | null {
  const enabled = config.providers.filter((provider) => provider.enabled);
  return byPriority({ ...config, providers: enabled })[0] ?? null;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

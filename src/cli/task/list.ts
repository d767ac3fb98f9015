import type { OutlinedRoute } from "../../index.ts";
import { outlineConfiguration } from "../../index.ts";
import { exitCode } from "../exit-code.ts";
import { readConfiguration } from "../read-configuration.ts";
import { table } from "../table.ts";
import { paint, writeFailure, writeJson, writeOut } from "../terminal.ts";

/** Lists the tasks of a file, whether or not it can be used. */
export async function listTasks({
  config,
  json = false,
}: {
  readonly config: string;
  readonly json?: boolean;
}): Promise<number> {
  const bytes = await readConfiguration(config, { json });
  if (bytes === null) return exitCode.configuration;
  const { readable, routes, problems } = outlineConfiguration(bytes);
  if (json) await writeJson({ file: config, readable, tasks: routes, problems });
  if (!readable) {
    writeFailure(`${config} cannot be read as JSON: \`standin check\` says why.`);
    return exitCode.configuration;
  }
  if (json) return exitCode.done;
  if (routes.length === 0)
    await writeOut(`${config} has no tasks: \`standin task add\` adds one.\n`);
  await writeOut(table(routes.map((route) => row(config, route))));
  return exitCode.done;
}

function row(file: string, route: OutlinedRoute): readonly string[] {
  const { name, line, description, providers, capabilities, localOnly } = route;
  const who = providers?.join(", ") ?? "all, by priority";
  const needs = capabilities.length === 0 ? "" : `needs ${capabilities.join(", ")}`;
  const place = paint("dim", `${file}:${line}`);
  return [name, who, needs, localOnly ? "local only" : "", sayOwn(route), description, place];
}

function sayOwn({ overrides, failover }: OutlinedRoute): string {
  return Object.entries({ ...overrides, ...failover })
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(", ");
}

import type { InspectedRoute } from "../../index.ts";
import { paint } from "../terminal.ts";

const mostNames = 4;

/** A small table: each route, who is asked, and what a request comes to at worst. */
export function sayRoutes(routes: readonly InspectedRoute[]): readonly string[] {
  const rows = routes.map(({ name, providers, worst: { durationMs, attempts, cost } }) => ({
    route: name,
    asks: sayNames(providers),
    time: `${(durationMs / 1_000).toFixed(1)} s`,
    calls: `${attempts} ${attempts === 1 ? "call" : "calls"}`,
    cost: cost === null ? "" : sayDollars(cost),
  }));
  const width = (key: keyof (typeof rows)[number]): number =>
    Math.max(...rows.map((row) => row[key].length));
  const lines = rows.map((row) =>
    [
      `  ${row.route.padEnd(width("route"))}`,
      row.asks.padEnd(width("asks")),
      row.time.padStart(width("time")),
      row.calls.padStart(width("calls")),
      row.cost.padStart(width("cost")),
    ]
      .join("  ")
      .trimEnd(),
  );
  return [paint("bold", "At worst, when every attempt fails:"), ...lines];
}

function sayNames(names: readonly string[]): string {
  if (names.length === 0) return "nobody";
  const more = names.length - mostNames;
  const first = names.slice(0, mostNames).join(", ");
  return more > 0 ? `${first} and ${more} more` : first;
}

function sayDollars(cost: number): string {
  if (cost === 0) return "$0";
  return cost < 0.0001 ? "under $0.0001" : `$${cost.toFixed(cost < 1 ? 4 : 2)}`;
}

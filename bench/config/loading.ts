import { readSourceSync } from "../../src/config/source.ts";
import { systemPorts } from "../../src/node/ports.ts";
import type { Spread } from "../library/statistics.ts";
import { spreadOf } from "../library/statistics.ts";
import { textOf } from "./text.ts";

/** What it takes to make a snapshot of a text, in milliseconds. */
export type LoadingRow = { readonly providers: number; readonly kB: number; readonly ms: Spread };

/** Loads a file of so many providers so often: reads, checks, compiles, freezes. */
export function measureLoading(providers: number, times: number): LoadingRow {
  const bytes = new TextEncoder().encode(textOf(providers, 100));
  const files = { readSync: () => bytes, read: async () => bytes };
  const ports = { ...systemPorts(), files };
  const load = () => readSourceSync({ path: "llm.json" }, ports, false);
  for (let warm = 0; warm < Math.ceil(times / 4); warm += 1) load();
  const figures = Array.from({ length: times }, () => {
    const startedAt = performance.now();
    load();
    return performance.now() - startedAt;
  });
  return { providers, kB: bytes.length / 1_000, ms: spreadOf(figures) };
}

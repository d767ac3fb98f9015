import { join } from "node:path";
import { loadAgents } from "../../examples/diary/agent/agents.ts";
import { loadCatalogue } from "../../examples/diary/event/catalogue.ts";
import { loadSettings } from "../../examples/diary/load-settings.ts";
import { createManualClock } from "../manual-clock.ts";

/** Where the example's own files are. */
export const diaryFolder = join(import.meta.dirname, "../../examples/diary");

let loaded: ReturnType<typeof load> | null = null;

/** The example's own events, settings and agents. */
export function diaryHouse() {
  loaded ??= load();
  return loaded;
}

function load() {
  const catalogue = loadCatalogue(join(diaryFolder, "events.json"));
  const settings = loadSettings(join(diaryFolder, "config/diary.json"), catalogue);
  const { vocabulary, limits } = settings;
  const house = { catalogue, vocabulary, limits };
  const agents = loadAgents(join(diaryFolder, "agents"), house, createManualClock(), () => {});
  return { ...house, settings, agents };
}

/** The context of an event's own examples, as its agent's file has them, fit for the event. */
export function exampleContext(name: string): Record<string, unknown> {
  const { catalogue, agents } = diaryHouse();
  const event = catalogue.event(name);
  const needs = event === null ? [] : (agents.get(event.type).events.get(event.name)?.needs ?? []);
  return Object.fromEntries(
    needs.map(({ name: field, example, from, to }) => {
      const fits = typeof example !== "number" || (example >= from && example <= to);
      return [field, fits ? example : from];
    }),
  );
}

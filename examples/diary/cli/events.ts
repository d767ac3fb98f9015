import { systemClock } from "../system-clock.ts";
import { readFiles } from "./open.ts";
import type { CliOptions } from "./options.ts";

/** Prints the events there are, and what each needs to be told. */
export function events(options: CliOptions, print: (line: string) => void): void {
  const { catalogue, agents } = readFiles(options, systemClock, () => {});
  for (const type of catalogue.types) {
    const agent = agents.get(type);
    print(`${type}  ${agent.promptVersion}`);
    for (const { name, about, needs } of agent.events.values()) {
      const context = Object.fromEntries(
        needs.map(({ name: field, example, from, to }) => {
          const fits = typeof example !== "number" || (example >= from && example <= to);
          return [field, fits ? example : from];
        }),
      );
      print(`  ${name}  ${about}`);
      print(`    --context '${JSON.stringify(context)}'`);
    }
  }
}

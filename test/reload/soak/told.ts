import type { Event, LLMConfigManager } from "../../../src/index.ts";
import type { Version } from "./versions.ts";

/** What the manager told of its configuration. */
export type Told =
  | { readonly type: "applied"; readonly mark: number }
  | { readonly type: "rejected"; readonly text: string }
  | { readonly type: "other"; readonly text: string };

/** Notes what is told; every edit has to be told as what it is before the next one is made. */
export function createNotes(managerOf: () => LLMConfigManager) {
  const told: Told[] = [];

  function note(event: Event): void {
    if (event.type === "configuration-applied") {
      told.push({ type: "applied", mark: managerOf().getProviderConfig("first")?.maxTokens ?? 0 });
    } else if (event.type === "configuration-rejected") {
      told.push({ type: "rejected", text: event.message });
    } else if (event.type.startsWith("configuration-")) {
      told.push({ type: "other", text: JSON.stringify(event) });
    }
  }

  /** Whether a version was told as what it is, after so much else was told. */
  function has({ mark, refusal }: Version, from: number): boolean {
    return told.slice(from).some((one) => {
      if (refusal === null) return one.type === "applied" && one.mark === mark;
      return one.type === "rejected" && refusal.test(one.text);
    });
  }

  /** What was told and should not have been, or the other way round. */
  function breaches(versions: readonly Version[]): readonly string[] {
    const applied = told.flatMap((one) => (one.type === "applied" ? [one.mark] : []));
    const wanted = versions.filter(({ refusal }) => refusal === null).map(({ mark }) => mark);
    return [
      ...(applied.join() === wanted.join()
        ? []
        : [`applied were ${applied.join()}, written were ${wanted.join()}`]),
      ...told.flatMap((one) => (one.type === "other" ? [one.text] : [])),
    ];
  }

  const count = (type: Told["type"]) => told.filter((one) => one.type === type).length;
  return { note, has, breaches, count, length: () => told.length };
}

import { join } from "node:path";
import type { LabAsk } from "standin/lab";
import type { Agents } from "../agent/agents.ts";
import type { Catalogue } from "../event/catalogue.ts";
import { parseJson, readText } from "../read-json.ts";

/** An entry as a model writes it. */
export type Reply = {
  readonly title: string;
  readonly content: string;
  readonly emotion_tags: readonly string[];
};

/** SIMULATED: what stands in for a model in the lab. The words were written beforehand. */
export type SimulatedModel = {
  /** The entry for a prompt: the same for the same prompt. */
  entryFor(ask: LabAsk): Reply;
  /** The same as a model says it that keeps to what it was asked. */
  reply(ask: LabAsk): string;
};

/** A simulated model that knows what these agents may ask for. */
export function simulatedModel(catalogue: Catalogue, agents: Agents): SimulatedModel {
  const path = join(import.meta.dirname, "replies.json");
  const replies = parseJson(path, readText(path, "the simulated replies")) as Readonly<
    Record<string, readonly Reply[]>
  >;

  function entryFor({ messages }: LabAsk): Reply {
    const said = messages.map(({ text }) => text).join("\n");
    const found = catalogue.events.filter(({ name, type }) => {
      const about = agents.get(type).events.get(name)?.about ?? "";
      return said.includes(`${about}。`);
    });
    const list = replies[found[0]?.name ?? ""] ?? [];
    const words = list[hashOf(said) % Math.max(1, list.length)];
    return (
      words ?? { title: "今天", content: "今天有一点事，我记下来了。", emotion_tags: ["平静"] }
    );
  }

  return { entryFor, reply: (ask) => JSON.stringify(entryFor(ask)) };
}

function hashOf(text: string): number {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return hash;
}

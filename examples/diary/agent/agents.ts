import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "standin";
import { DiaryTrouble } from "../trouble.ts";
import { readText } from "../read-json.ts";
import type { Agent } from "./agent.ts";
import { parseAgent, type AgentHouse } from "./parse-agent.ts";

/** What happened to an agent's file while the diary runs. */
export type AgentNews =
  | { readonly type: "agent-reloaded"; readonly agent: string; readonly promptVersion: string }
  | { readonly type: "agent-broken"; readonly agent: string; readonly problem: string };

/** The agents in force. */
export type Agents = {
  /** The agent of a type, as its file is now; while the file is broken, as it was last good. */
  get(type: string): Agent;
};

const lookAgainMs = 1_000;

type Loaded = { agent: Agent; text: string; mark: string; lookedAt: number; broken: boolean };

/**
 * Loads one agent for every type there is. Throws DiaryTrouble with everything that is wrong, in
 * all of the files. Files are looked at again when they are used, at most once a second.
 */
export function loadAgents(
  folder: string,
  house: AgentHouse,
  clock: Clock,
  tell: (news: AgentNews) => void,
): Agents {
  const loaded = new Map<string, Loaded>();
  const problems: string[] = [];
  for (const type of house.catalogue.types) {
    const path = join(folder, `${type}.json`);
    try {
      const mark = markOf(path);
      const text = readText(path, `the agent ${type}`);
      const agent = parseAgent(path, text, type, house);
      loaded.set(type, { agent, text, mark, lookedAt: clock.now(), broken: false });
    } catch (error) {
      if (!(error instanceof DiaryTrouble)) throw error;
      problems.push(error.message);
    }
  }
  problems.push(...strangersIn(folder, house.catalogue.types));
  if (problems.length > 0) throw new DiaryTrouble(problems.join("\n"));

  function lookAgain(type: string, one: Loaded): void {
    if (clock.now() - one.lookedAt < lookAgainMs) return;
    one.lookedAt = clock.now();
    const path = join(folder, `${type}.json`);
    const mark = markOf(path);
    if (mark === one.mark) return;
    one.mark = mark;
    try {
      const text = readText(path, `the agent ${type}`);
      if (text === one.text && !one.broken) return;
      one.agent = parseAgent(path, text, type, house);
      one.broken = false;
      one.text = text;
      const { promptVersion } = one.agent;
      tell({ type: "agent-reloaded", agent: type, promptVersion });
    } catch (error) {
      if (!(error instanceof DiaryTrouble)) throw error;
      one.broken = true;
      tell({ type: "agent-broken", agent: type, problem: error.message });
    }
  }

  return {
    get(type) {
      const one = loaded.get(type);
      if (one === undefined) throw new DiaryTrouble(`There is no agent ${type}.`);
      lookAgain(type, one);
      return one.agent;
    },
  };
}

function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return "missing";
  return `${found.mtimeMs} ${found.ctimeMs} ${found.size} ${found.ino}`;
}

// Somebody wrote an agent, and would wait for its entries in vain.
function strangersIn(folder: string, types: readonly string[]): readonly string[] {
  return filesIn(folder)
    .filter((name) => name.endsWith(".json") && !types.includes(name.slice(0, -".json".length)))
    .map((name) => {
      const path = join(folder, name);
      return `${path}: events.json has no events of this type; add them there, or rename the file.`;
    });
}

// A folder that is not there is told by each agent that is missed.
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

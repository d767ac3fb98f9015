/** The cost of a call by Standin beside its peers': `npm run bench:library [-- --quick --json]`. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compile } from "./compile.ts";
import type { DecisionRow } from "./decision.ts";
import { measureFirstCalls } from "./first-call.ts";
import type { LoadResult } from "./load.ts";
import { noTurns, resultOf, takeTurns } from "./load.ts";
import { describeMachine } from "./machine.ts";
import { measureMemory } from "./memory.ts";
import type { Plan } from "./plan.ts";
import { fullPlan, quickPlan, scenarios } from "./plan.ts";
import { printDecisions, printFirstCalls, printLoad, printMachine, printMemory } from "./print.ts";
import type { SubjectName } from "./subject.ts";
import { subjectNames } from "./subject.ts";
import { startSubject } from "./subject-process.ts";
import type { UpstreamProcess } from "./upstream-process.ts";
import { startUpstream } from "./upstream-process.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    // Beside the bare one; all if none is named.
    subject: { type: "string", multiple: true, default: [] },
  },
});

function say(text: string): void {
  if (!values.json) process.stdout.write(`${text}\n\n`);
}

function chosenSubjects(): readonly SubjectName[] {
  const [bare] = subjectNames;
  const unknown = values.subject.filter((name) => !(subjectNames as string[]).includes(name));
  if (unknown.length > 0) throw new Error(`No subject ${unknown[0]}; ${subjectNames.join(", ")}.`);
  if (values.subject.length === 0) return subjectNames;
  return subjectNames.filter((name) => name === bare || values.subject.includes(name));
}

async function measureLoads(
  scripts: string,
  names: readonly SubjectName[],
  upstream: UpstreamProcess,
  plan: Plan,
): Promise<readonly LoadResult[]> {
  const script = join(scripts, "subject-main.js");
  const loads = scenarios.map((scenario) => ({ scenario, turns: noTurns(names) }));
  for (let sitting = 0; sitting < plan.sittings; sitting += 1) {
    const subjects = await Promise.all(names.map((name) => startSubject(script, name, upstream)));
    for (const [index, { scenario, turns }] of loads.entries()) {
      const warmUpMs = index === 0 ? plan.firstWarmUpMs : plan.warmUpMs;
      await takeTurns(scenario, subjects, turns, upstream, { ...plan, warmUpMs });
    }
    for (const subject of subjects) subject.stop();
  }
  return loads.map(({ scenario, turns }) => resultOf(scenario, turns));
}

async function measureDecisions(scripts: string, plan: Plan): Promise<readonly DecisionRow[]> {
  const child = fork(join(scripts, "decision-main.js"), [String(plan.decisions)]);
  const [rows] = (await once(child, "message")) as [readonly DecisionRow[]];
  return rows;
}

const plan = values.quick ? quickPlan : fullPlan;
const names = chosenSubjects();
const machine = describeMachine();
const scripts = compile();
say(printMachine(machine));
const upstream = await startUpstream(join(scripts, "upstream.js"));
try {
  const firstCall = join(scripts, "first-call-main.js");
  const firstCalls = await measureFirstCalls(firstCall, names, upstream, plan);
  say(printFirstCalls(firstCalls));
  const memory = await measureMemory(join(scripts, "subject-main.js"), names, upstream, plan);
  say(printMemory(memory));
  const loads = await measureLoads(scripts, names, upstream, plan);
  for (const load of loads) say(printLoad(load));
  const decisions = await measureDecisions(scripts, plan);
  const busy = loads.find(({ scenario }) => scenario.path === "answer" && scenario.inFlight === 64);
  say(printDecisions(decisions, busy?.rows[0]?.processor.median ?? NaN));
  const results = { machine, plan, firstCalls, memory, loads, decisions };
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} finally {
  upstream.stop();
}

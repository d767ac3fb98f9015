import { spawn } from "node:child_process";
import type { Plan } from "./plan.ts";
import type { Spread } from "./statistics.ts";
import { spreadOf } from "./statistics.ts";
import type { SubjectName } from "./subject.ts";
import { answerText } from "./upstream-answer.ts";
import type { Upstream } from "./upstream-process.ts";

/** Milliseconds from the start of a process to its first answer; of `node` alone, to a text. */
export type FirstCallRow = { readonly subject: SubjectName | "node"; readonly wall: Spread };

const nothing = [
  "-e",
  `process.stdout.write(${JSON.stringify(answerText("question 1"))})`,
] as const;

/** Starts each subject's process anew a number of times, in turns. */
export async function measureFirstCalls(
  script: string,
  names: readonly SubjectName[],
  { well, failing }: Upstream,
  plan: Plan,
): Promise<readonly FirstCallRow[]> {
  const turns = [
    { subject: "node" as const, command: nothing, walls: [] as number[] },
    ...names.map((subject) => {
      const command = [script, subject, well, failing];
      return { subject, command, walls: [] as number[] };
    }),
  ];
  // The first start of each fills the caches of the disk.
  for (let round = 0; round <= plan.starts; round += 1) {
    for (const { command, walls } of turns) {
      const wall = await firstWord(command);
      if (round > 0) walls.push(wall);
    }
  }
  return turns.map(({ subject, walls }) => ({ subject, wall: spreadOf(walls) }));
}

function firstWord(command: readonly string[]): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, [...command], { stdio: ["ignore", "pipe", "inherit"] });
  let wall: number | null = null;
  let text = "";
  child.stdout.on("data", (bytes: Buffer) => {
    wall ??= performance.now() - begin;
    text += bytes.toString("utf8");
  });
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      if (wall !== null && text === answerText("question 1")) resolve(wall);
      else reject(new Error(`${command.join(" ")} gave ${JSON.stringify(text)}`));
    });
  });
}

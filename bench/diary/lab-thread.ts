/** The lab of a life in a thread of its own, as a provider is on a machine of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { always, fault, startLab, type LabAsk } from "standin/lab";
import { ownFolder, readDiaryFiles } from "../../examples/diary/open-diary.ts";
import { simulatedModel } from "../../examples/diary/simulated/model.ts";
import { systemClock } from "../../examples/diary/system-clock.ts";

/** What the thread is begun with: how long an answer takes, in milliseconds. */
export type LabPlan = { readonly answerMs: number };

/** What the thread is told. */
export type LabOrder = "fail" | "close";

const { answerMs } = workerData as LabPlan;
const { catalogue, agents } = readDiaryFiles(ownFolder, systemClock, () => {});
const model = simulatedModel(catalogue, agents);
const house = { latencyMs: answerMs, reply: (ask: LabAsk) => model.reply(ask) };
const lab = await startLab({
  providers: { first: { vendor: "qwen", ...house }, second: { vendor: "deepseek", ...house } },
});

parentPort?.on("message", (order: LabOrder) => {
  if (order === "fail") void lab.script("first", always(fault.status(500)));
  else void lab.close().then(() => parentPort?.close());
});
parentPort?.postMessage(lab.configuration("first", "second"));

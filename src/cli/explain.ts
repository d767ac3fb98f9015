import type { ChatRequest, Explanation, LLMConfigManager, Rehearsal } from "../index.ts";
import { exitCode } from "./exit-code.ts";
import { openManager } from "./open-manager.ts";
import { reportFailure } from "./report-failure.ts";
import { paint, writeJson, writeOut } from "./terminal.ts";
import { seconds } from "./trail.ts";

/** What `explain` may be told. */
export type ExplainFlags = {
  readonly config?: string;
  readonly prompt?: string;
  readonly provider?: string;
  readonly route?: string;
  readonly stream?: boolean;
  readonly json?: boolean;
};

/** Says what a request would do now, and at worst; nobody is asked. */
export async function explain(flags: ExplainFlags & { readonly config: string }): Promise<number> {
  let manager: LLMConfigManager | null = null;
  try {
    manager = openManager(flags.config, []);
    const { prompt = "Hello", provider, route, stream = false } = flags;
    const request: ChatRequest = { messages: [{ role: "user", content: prompt }] };
    const only = { ...(provider && { provider }), ...(route && { route }) };
    const options = { stream, ...only };
    const explanation = manager.explain(request, options);
    if (flags.json) await writeJson(explanation);
    else await writeOut(`${linesOf(explanation).join("\n")}\n`);
    return exitCode.done;
  } catch (error) {
    return await reportFailure(error, flags);
  } finally {
    await manager?.close({ graceMs: 0 });
  }
}

function linesOf(explanation: Explanation): readonly string[] {
  const { slowest, quickest, needs, deadlineMs, maxAttempts } = explanation;
  const words = needs.capabilities.length === 0 ? "" : `, needs ${needs.capabilities.join(", ")}`;
  const size = `about ${count(needs.estimatedTokens, "token")}${words}`;
  return [
    paint("bold", `A request that came now (${size}):`),
    ...sayProviders(explanation),
    "",
    `First it ${sayFirst(explanation)}.`,
    `It has ${seconds(deadlineMs)} s and ${count(maxAttempts, "attempt")} in all.`,
    "",
    ...sayRehearsal("If every attempt failed as late as it may", slowest),
    "",
    ...sayRehearsal("If every attempt failed at once", quickest),
  ];
}

function sayProviders({ providers, order, prefer }: Explanation): readonly string[] {
  const name = widest(providers.map(({ provider }) => provider));
  const model = widest(providers.map((one) => one.model));
  return providers.map((one) => {
    const place = order.indexOf(one.provider);
    const number = place < 0 ? "–" : String(place + 1);
    const usable = one.state === "ready";
    const word = paint(usable ? "green" : "red", one.state.replace("_", " "));
    const reason = one.reason === null ? "" : `: ${one.reason}`;
    const cells = [number.padStart(3), one.provider.padEnd(name), one.model.padEnd(model)];
    return `${cells.join("  ")}  ${word}${reason}${sayPreference(prefer, one)}`;
  });
}

// What its place follows from, where that is not the route's order.
function sayPreference(
  prefer: Explanation["prefer"],
  { price, paceMs }: Explanation["providers"][number],
): string {
  if (prefer === "order") return "";
  const measured = paceMs === null ? "not measured" : `${seconds(paceMs)} s of late`;
  const charged = price === null ? "price not known" : `about $${price.toPrecision(2)}`;
  return paint("dim", ` (${prefer === "fastest" ? measured : charged})`);
}

function sayFirst({ first }: Explanation): string {
  switch (first.do) {
    case "attempt":
      return `asks ${first.provider}, for at most ${seconds(first.limitMs)} s`;
    case "wait": {
      const what = first.for === "slot" ? "what another request finds out of" : "";
      const whom = what === "" ? first.provider : `${what} ${first.provider}`;
      return `waits up to ${seconds(first.untilMs)} s for ${whom}`;
    }
    case "stop":
      return `fails at once: ${first.failure.message.replace(/\.$/u, "")}`;
  }
}

function sayRehearsal(title: string, { steps, attempts, durationMs }: Rehearsal) {
  const end = `${count(attempts, "call")} in ${seconds(durationMs)} s`;
  const width = widest(steps.map(({ provider }) => provider));
  return [
    paint("bold", `${title}: ${end}.`),
    ...steps.map((step) => {
      const start = `${seconds(step.atMs).padStart(8)} s  `;
      if (step.do === "attempt") {
        const limit = paint("dim", `at most ${seconds(step.limitMs)} s`);
        return `${start}${step.provider.padEnd(width)}  ${limit}`;
      }
      const wait = `waits ${seconds(step.untilMs - step.atMs)} s for ${step.provider}`;
      return `${start}${paint("dim", wait)}`;
    }),
  ];
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

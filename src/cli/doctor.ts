import type { Checkup, Diagnosis } from "../index.ts";
import { diagnose } from "../index.ts";
import { sayChecked } from "./check.ts";
import { exitCode } from "./exit-code.ts";
import { readConfiguration } from "./read-configuration.ts";
import { reportFailure } from "./report-failure.ts";
import { paint, writeJson, writeOut } from "./terminal.ts";

/** What `doctor` may be told. */
export type DoctorFlags = {
  readonly config?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly json?: boolean;
};

/** Asks each provider once, says what is wrong with it, and what to do. */
export async function doctor(
  name: string | undefined,
  flags: DoctorFlags & { readonly config: string },
  signal: AbortSignal,
): Promise<number> {
  const { config: file, timeout, json = false } = flags;
  const bytes = await readConfiguration(file, flags);
  if (bytes === null) return exitCode.configuration;
  try {
    const checkup = await diagnose(bytes, {
      signal,
      ...(name === undefined ? {} : { provider: name }),
      ...(timeout === undefined ? {} : { timeoutMs: timeout * 1_000 }),
    });
    const { well, usable } = checkup;
    if (json) await writeJson({ file, ...checkup });
    else await writeOut(`${linesOf(file, checkup).join("\n")}\n`);
    if (!usable) return exitCode.configuration;
    return well ? exitCode.done : exitCode.failed;
  } catch (error) {
    return await reportFailure(error, flags);
  }
}

function linesOf(file: string, { usable, problems, diagnoses }: Checkup): readonly string[] {
  const width = Math.max(0, ...diagnoses.map(({ provider }) => provider.length));
  const checked = usable ? [] : [sayChecked(file, problems)];
  return [...checked, ...diagnoses.map((one) => paragraph(one, width)), "", sum(diagnoses)];
}

const colours = {
  well: "green",
  warning: "yellow",
  unwell: "red",
  not_asked: "dim",
  interrupted: "dim",
} as const;

function paragraph(diagnosis: Diagnosis, width: number): string {
  const { provider, verdict, cause, message, advice, notes } = diagnosis;
  const indent = " ".repeat(width + 2);
  const word = paint(colours[verdict], cause.replaceAll("_", " "));
  const more = [times(diagnosis), advice, ...notes].filter((line) => line !== "");
  const [head = "", ...rest] = more.includes(advice) ? more : [...more];
  const lines = [`${provider.padEnd(width)}  ${word}: ${message}`, head, ...rest];
  return lines.filter((line) => line !== "").join(`\n${indent}`);
}

function times({ latency, model, endpoint, requestId }: Diagnosis): string {
  if (latency === null) return "";
  const parts = [
    [latency.connectMs, "connected"],
    [latency.firstByteMs, "first byte"],
    [latency.wholeMs, "over"],
  ] as const;
  const told = parts.flatMap(([ms, what]) => (ms === null ? [] : [`${what} after ${seconds(ms)}`]));
  const id = requestId === null ? "" : `, request ${requestId}`;
  const host = endpoint === null ? "" : ` at ${new URL(endpoint).host}`;
  return paint("dim", `${model ?? ""}${host}: ${told.join(", ")}${id}.`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function sum(diagnoses: readonly Diagnosis[]): string {
  const count = (verdict: Diagnosis["verdict"]) =>
    diagnoses.filter((one) => one.verdict === verdict).length;
  const counts = [
    [count("well"), "well"],
    [count("warning"), "slow"],
    [count("unwell"), "unwell"],
    [count("interrupted"), "interrupted"],
    [count("not_asked"), "not asked"],
  ] as const;
  const told = counts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  const asked = diagnoses.filter(({ latency }) => latency !== null).length;
  const cost = asked === 0 ? "Nobody was asked" : "Each was asked once, for one token at most";
  return `${told.join(", ") || "no provider"}. ${cost}; nothing was retried.`;
}

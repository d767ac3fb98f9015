import type { Diagnosis } from "../index.ts";
import { paint } from "./terminal.ts";

const colours = {
  well: "green",
  warning: "yellow",
  unwell: "red",
  not_asked: "dim",
  interrupted: "dim",
} as const;

/** Every diagnosis in a paragraph, and how many are how. */
export function sayDiagnoses(diagnoses: readonly Diagnosis[]): string {
  const width = Math.max(0, ...diagnoses.map(({ provider }) => provider.length));
  return [...diagnoses.map((one) => paragraph(one, width)), "", sum(diagnoses)].join("\n");
}

function paragraph(diagnosis: Diagnosis, width: number): string {
  const { provider, verdict, cause, message, advice, notes } = diagnosis;
  const word = paint(colours[verdict], cause.replaceAll("_", " "));
  const lines = [
    `${provider.padEnd(width)}  ${word}: ${message}`,
    ...[...notes, advice].filter((line) => line !== ""),
    ...seen(diagnosis).map((line) => paint("dim", line)),
  ];
  return lines.join(`\n${" ".repeat(width + 2)}`);
}

function seen({ latency, model, endpoint, requestId, verdict }: Diagnosis): readonly string[] {
  if (latency === null || endpoint === null) return [];
  const parts = [
    [latency.connectMs, "connected"],
    [latency.firstByteMs, "first byte"],
    [latency.wholeMs, "whole"],
  ] as const;
  const times = parts.flatMap(([ms, what]) => (ms === null ? [] : [`${what} ${seconds(ms)}`]));
  // What a vendor's support asks for.
  const id = requestId === null || verdict === "well" ? "" : `, request ${requestId}`;
  return [`${model ?? ""} at ${new URL(endpoint).host}: ${times.join(", ")}${id}`];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function sum(diagnoses: readonly Diagnosis[]): string {
  const words = { well: "well", warning: "slow", unwell: "unwell", interrupted: "interrupted" };
  const counted = Object.entries({ ...words, not_asked: "not asked" }).flatMap(
    ([verdict, word]) => {
      const number = diagnoses.filter((one) => one.verdict === verdict).length;
      return number === 0 ? [] : [`${number} ${word}`];
    },
  );
  const asked = diagnoses.some(({ latency }) => latency !== null);
  const cost = asked
    ? "Each that was asked was asked once, for one token at most; nothing was retried"
    : "Nobody was asked";
  return `${counted.join(", ") || "No provider"}. ${cost}.`;
}

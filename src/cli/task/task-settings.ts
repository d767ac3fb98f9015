import type { Command } from "commander";
import { collect } from "../edit/edit-options.ts";

/** The settings of a task that have an option of their own, as text. */
export type TaskFlags = {
  readonly description?: string;
  readonly providers?: string;
  readonly capability: readonly string[];
  readonly localOnly?: boolean;
  readonly maxTokens?: string;
  readonly temperature?: string;
  readonly timeout?: string;
  readonly retryAttempts?: string;
  readonly deadline?: string;
  readonly maxAttempts?: string;
};

const settings: readonly (readonly [flag: keyof TaskFlags, setting: string])[] = [
  ["maxTokens", "overrides.max_tokens"],
  ["temperature", "overrides.temperature"],
  ["timeout", "overrides.timeout"],
  ["retryAttempts", "overrides.retry_attempts"],
  ["deadline", "failover.deadline"],
  ["maxAttempts", "failover.max_attempts"],
];

/** Adds the options for settings of a task. */
export function withTaskSettings(command: Command): Command {
  return command
    .option("--description <text>", "what it is for")
    .option("--providers <names>", "who is asked, in order: a,b,c; left out, all by priority")
    .option("--capability <word>", "what a provider must be fit for; repeatable", collect, [])
    .option("--local-only", "nothing of it may leave this machine")
    .option("--max-tokens <number>", "the longest answer, in place of each provider's own")
    .option("--temperature <number>", "in place of each provider's own")
    .option("--timeout <seconds>", "of each attempt, in place of each provider's own")
    .option("--retry-attempts <number>", "tries at each provider, in place of its own")
    .option("--deadline <seconds>", "of a whole request")
    .option("--max-attempts <number>", "of a whole request, at all providers together");
}

/** The options as settings, `key=value`. */
export function readTaskSettings(flags: TaskFlags): readonly string[] {
  const { description, providers, capability, localOnly } = flags;
  return [
    ...(description === undefined ? [] : [`description=${JSON.stringify(description)}`]),
    ...(providers === undefined ? [] : [`providers=${listOf(providers.split(","))}`]),
    ...(capability.length === 0 ? [] : [`capabilities=${listOf(capability)}`]),
    ...(localOnly === true ? ["local_only=true"] : []),
    ...settings.flatMap(([flag, setting]) => {
      const text = flags[flag];
      return typeof text === "string" ? [`${setting}=${text}`] : [];
    }),
  ];
}

function listOf(names: readonly string[]): string {
  return JSON.stringify(names.map((name) => name.trim()).filter((name) => name !== ""));
}

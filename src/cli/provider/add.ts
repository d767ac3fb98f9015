import type { ConfigurationEdit } from "../../index.ts";
import type { EditFlags } from "../edit/run-edit.ts";
import { runEdit } from "../edit/run-edit.ts";
import { UsageError } from "../usage-error.ts";
import { readKey } from "./read-key.ts";

/** What `provider add` may be told beside what every edit may; settings as text. */
export type AddFlags = {
  readonly name?: string;
  readonly endpoint?: string;
  readonly model?: string;
  /** A reference, or `-` for standard input. */
  readonly key?: string;
  readonly maxTokens?: string;
  readonly temperature?: string;
  readonly timeout?: string;
  readonly retryAttempts?: string;
  readonly priority?: string;
  readonly first?: boolean;
  readonly after?: string;
  readonly disabled?: boolean;
};

const settings: readonly (readonly [flag: keyof AddFlags, setting: string])[] = [
  ["endpoint", "api_endpoint"],
  ["model", "model_name"],
  ["maxTokens", "max_tokens"],
  ["temperature", "temperature"],
  ["timeout", "timeout"],
  ["retryAttempts", "retry_attempts"],
  ["priority", "priority"],
];

/** Adds a provider: a known vendor by its name, or another by its address. */
export async function addProvider(
  vendor: string,
  more: readonly string[],
  given: AddFlags,
  flags: EditFlags,
  signal: AbortSignal,
): Promise<number> {
  const { name, key, first, after, disabled } = given;
  if (first === true && after !== undefined) throw new UsageError("give --first or --after.");
  const isPiped = key === "-";
  const set = settings.flatMap(([flag, setting]) => {
    const text = given[flag];
    return typeof text === "string" ? [`${setting}=${text}`] : [];
  });
  if (key !== undefined && !isPiped) set.push(`api_key=${key}`);
  if (disabled === true) set.push("enabled=false");
  const edit: ConfigurationEdit = {
    edit: "add-provider",
    vendor,
    ...(name === undefined ? {} : { name }),
    settings: isPiped ? { api_key: await readKey(signal) } : {},
    set: [...set, ...more],
    inlineKey: isPiped,
    ...(first === true ? { at: "first" } : {}),
    ...(after === undefined ? {} : { at: { after } }),
  };
  return await runEdit(edit, flags, signal);
}

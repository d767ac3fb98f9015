import { LLMProviderError } from "../../src/index.ts";
import type { LabAsk, LabProviderSettings, LabVendor } from "../../src/lab/index.ts";
import type { Changes } from "../world.ts";
import { labWorld } from "../world.ts";

// Loaded at its first use otherwise, and virtual time has no patience for the disk.
await Promise.all([import("ajv"), import("ajv/dist/2019.js"), import("ajv/dist/2020.js")]);

/** What a provider says, one text a request; the last of them from then on. */
export function saying(...texts: readonly string[]): (ask: LabAsk) => string {
  let asked = 0;
  return () => texts[Math.min(asked++, texts.length - 1)] ?? "";
}

/** Providers of the lab that say these texts, by vendor and then by their turn. */
export function talkers(
  says: Readonly<Record<string, readonly string[]>>,
  more: Changes & {
    readonly models?: Readonly<Record<string, string>>;
    /** Instead of the texts. */
    readonly reply?: (ask: LabAsk) => string;
  } = {},
) {
  const providers = Object.entries(says).map(([name, texts]): [string, LabProviderSettings] => {
    const vendor = (name.split("_")[0] ?? "qwen") as LabVendor;
    const model = more.models?.[name];
    const reply = more.reply ?? saying(...texts);
    const both = { reply, toolArguments: reply };
    return [name, { vendor, ...both, ...(model !== undefined && { model }) }];
  });
  return labWorld({ providers: Object.fromEntries(providers), retiredModels: [] }, more);
}

/** The shape of a diary entry, with the limits that it has. */
export const entrySchema = {
  type: "object",
  properties: {
    title: { type: "string", minLength: 1, maxGraphemes: 6 },
    content: { type: "string", maxGraphemes: 35 },
    tags: {
      type: "array",
      items: { enum: ["开心快乐", "悲伤难过", "平静"] },
      minItems: 1,
      maxItems: 3,
    },
  },
  required: ["title", "content", "tags"],
  additionalProperties: false,
} as const;

/** A right entry. */
export const entry = { title: "小花", content: "今天我看见一朵小花🌸", tags: ["开心快乐"] };

/** The same as a model writes it. */
export const entryText = JSON.stringify(entry);

/** A request for one. */
export const entryRequest = {
  messages: [{ role: "user", content: "Write about a flower." }],
} as const;

/** How a request failed. */
export async function failureOf(promise: Promise<unknown>): Promise<LLMProviderError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof LLMProviderError) return error;
  throw new Error("It was expected to fail.", { cause: error });
}

import type { Protocol, Vendor } from "../snapshot.ts";

/** The wire formats this version speaks. */
export const protocols = ["openai_chat", "dashscope"] as const satisfies readonly Protocol[];

/** The vendors whose ways this version knows. */
export const vendors = ["qwen", "deepseek", "openai"] as const satisfies readonly Vendor[];

/** Wire formats that a later version will speak. */
export const laterProtocols: ReadonlySet<string> = new Set(["anthropic", "gemini", "ollama"]);

const takeOut = "take it out";
const byOrder = "take it out: providers are asked in the order in which they stand";

/** Keys that a later version will know, or an older program knew, and what to do about them. */
export const laterKeys: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  file: new Map([
    ["gateway", takeOut],
    ["observe", takeOut],
    ["store", takeOut],
  ]),
  provider: new Map([["weight", byOrder]]),
};

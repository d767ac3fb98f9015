import type { Protocol, Vendor } from "../snapshot.ts";

/** The wire formats this version speaks. */
export const protocols = ["openai_chat", "dashscope"] as const satisfies readonly Protocol[];

/** The vendors whose ways this version knows. */
export const vendors = ["qwen", "deepseek", "openai"] as const satisfies readonly Vendor[];

/** Wire formats that a later version will speak. */
export const laterProtocols: ReadonlySet<string> = new Set(["anthropic", "gemini", "ollama"]);

/** Keys that a later version will know, or that an older program knew: by kind of object. */
export const laterKeys = {
  file: new Set([
    "routes",
    "tasks",
    "gateway",
    "observe",
    "store",
    "model_selection",
    "default_provider",
    "fallback_providers",
    "task_specific_models",
    "usage_tracking",
    "circuit_breaker",
  ]),
  provider: new Set(["priority", "weight", "capabilities", "rate_limit", "pricing"]),
  failover: new Set(["circuit_breaker"]),
} as const satisfies Readonly<Record<string, ReadonlySet<string>>>;

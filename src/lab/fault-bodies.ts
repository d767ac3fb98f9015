import { deepseekBodies } from "./fault-bodies/deepseek.ts";
import { openaiBodies } from "./fault-bodies/openai.ts";
import { qwenBodies } from "./fault-bodies/qwen.ts";
import type { FaultBody } from "./fault-body.ts";

/** Every row of the vendors' error tables, by name, in the vendors' own words. */
export const faultBodies: readonly FaultBody[] = [
  ...qwenBodies,
  ...deepseekBodies,
  ...openaiBodies,
];

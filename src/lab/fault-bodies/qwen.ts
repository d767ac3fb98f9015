import { fault } from "../faults.ts";
import { errorRow, finishRow, type FaultBody } from "../fault-body.ts";
import { qwenLimits } from "./qwen-limits.ts";
import { qwenPlain } from "./qwen-plain.ts";
import { qwenSpelledTwice } from "./qwen-spelled-twice.ts";

/** Every row of DashScope's table, in its native and its compatible spelling. */
export const qwenBodies: readonly FaultBody[] = [
  ...qwenPlain,
  ...qwenSpelledTwice,
  ...qwenLimits,
  // QwenLM/qwen-code, packages/core/src/utils: an error said as the reason of the end.
  finishRow("qwen", "error_finish", "server", ["compatible", "compatible_stream"]),
  // QwenLM/qwen-code, retryErrorClassification.test.ts: the gateway's own slip, with no status.
  {
    ...errorRow(
      "qwen",
      "KeyError",
      "server",
      { status: 500, code: "KeyError", type: null, message: "'id'" },
      ["compatible_stream"],
    ),
    before: fault.error(
      { status: 500, code: "KeyError", type: null, message: "'id'" },
      { at: "first_event" },
    ),
  },
];

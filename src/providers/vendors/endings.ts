import type { Vendor } from "../../snapshot.ts";
import type { VendorEndings } from "../failure-row.ts";
import { deepseek } from "./deepseek.ts";
import { openai } from "./openai.ts";
import { qwen } from "./qwen.ts";

/** Every vendor's own tables. */
export const endings: Readonly<Record<Vendor, VendorEndings>> = { qwen, deepseek, openai };

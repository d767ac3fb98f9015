/** The process of one subject: makes it, then runs the blocks it is told to. */
import type { Block, BlockOrder } from "./block.ts";
import { runBlock } from "./block.ts";
import type { SubjectName } from "./subject.ts";
import { createSubject } from "./subject.ts";

/** What the process says about itself: that it is ready, how a block went, its largest memory. */
export type Report = { readonly block: Block; readonly peakBytes: number };

const [name, well, failing] = process.argv.slice(2) as [SubjectName, string, string];
const subject = await createSubject(name, { well, failing });

async function report(order: BlockOrder): Promise<void> {
  const block = await runBlock(subject, order);
  const said: Report = { block, peakBytes: process.resourceUsage().maxRSS * 1_024 };
  process.send?.(said);
}

process.on("message", (order: BlockOrder) => void report(order));
process.on("disconnect", () => process.exit());
process.send?.("ready");

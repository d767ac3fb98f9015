/** A process of its own for the cost of deciding: nothing else has run in it. */
import { measureDecisions } from "./decision.ts";

process.send?.(measureDecisions(Number(process.argv[2])));
process.disconnect();

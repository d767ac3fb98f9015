import type { Dialect, Marks } from "./dialect.ts";
import type { Fault } from "./fault.ts";
import type { LabProvider } from "./provider.ts";

/** Everything a reply depends on, but for what the request asks. */
export type Telling = {
  readonly provider: LabProvider;
  readonly fault: Fault | null;
  readonly dialect: Dialect;
  readonly stream: boolean;
  readonly marks: Marks;
};

import type { Fault } from "./fault.ts";
import { fault } from "./faults.ts";
import type { LabVendor } from "./provider.ts";
import type { VendorError } from "./vendor-error.ts";

/** A way to ask a vendor: the wire format, and whether a stream is asked for. */
export type LabForm =
  | "native"
  | "native_stream"
  | "compatible"
  | "compatible_stream"
  | "chat"
  | "chat_stream";

/** One row of a vendor's error table: how it looks, and what it means. */
export type FaultBody = {
  /** The vendor, a slash, and the vendor's own word for it. */
  readonly name: string;
  readonly vendor: LabVendor;
  /** The kind of failure it is to be taken for. */
  readonly kind: string;
  /** The ways of asking it can meet. */
  readonly forms: readonly LabForm[];
  /** In place of an answer, or before its first content. */
  readonly before: Fault;
  /** In the middle of a stream; `null`: it never comes there. */
  readonly after: Fault | null;
};

/** The forms of each vendor. */
export const formsOf: Readonly<Record<LabVendor, readonly LabForm[]>> = {
  qwen: ["native", "native_stream", "compatible", "compatible_stream"],
  deepseek: ["chat", "chat_stream"],
  openai: ["chat", "chat_stream"],
};

const aboutTheRequest = new Set(["auth", "bad_request", "context_length", "model_not_found"]);

/** A row whose faults are one error, before the content and after some of it. */
export function errorRow(
  vendor: LabVendor,
  name: string,
  kind: string,
  error: VendorError,
  forms: readonly LabForm[] = formsOf[vendor],
): FaultBody {
  const early = error.plain !== undefined || error.atTheDoor === true;
  // Where a status stood for the meaning, an event without a status means nothing.
  const mute = vendor !== "qwen" && (error.code === null || aboutTheRequest.has(kind));
  return {
    name: `${vendor}/${name}`,
    vendor,
    kind,
    forms,
    before: fault.error(error),
    after: early || mute ? null : fault.error(error, { at: { deltas: 2 } }),
  };
}

/** A row whose faults are the reason a stream or a body gives for its end. */
export function finishRow(
  vendor: LabVendor,
  reason: string,
  kind: string,
  forms: readonly LabForm[] = formsOf[vendor],
): FaultBody {
  return {
    name: `${vendor}/finish ${reason}`,
    vendor,
    kind,
    forms,
    before: fault.finish(reason),
    after: fault.finish(reason, { withText: true }),
  };
}

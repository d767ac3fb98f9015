import type { Fault, WrongShape } from "../fault.ts";
import { fault } from "../faults.ts";
import { formsOf, type FaultBody, type LabForm } from "../fault-body.ts";
import type { LabVendor } from "../provider.ts";

type Row = readonly [
  name: string,
  kind: string,
  before: Fault,
  after?: Fault | null,
  only?: "whole" | "stream",
];

const shapes: readonly WrongShape[] = [
  ...(["choices_null", "choices_empty", "choices_missing", "content_null"] as const),
  ...(["message_missing", "list_body", "text_body"] as const),
];

const gateway = { headers: { "content-type": "text/html" }, body: "<html>(simulated)</html>" };

const rows: readonly Row[] = [
  ["refused", "network", fault.refused()],
  ["reset before head", "network", fault.reset()],
  ["reset after head", "network", fault.reset("after_head")],
  ["silent", "timeout", fault.silent()],
  ["silent after head", "timeout", fault.silent("after_head")],
  ["keep-alives only", "timeout", fault.keepAlives(20)],
  ["slow first byte", "timeout", fault.slowFirstByte(600_000)],
  ["slow first delta", "timeout", fault.slowFirstDelta(600_000)],
  ["trickle", "timeout", fault.trickle(600_000), null, "whole"],
  ["stall", "timeout", fault.stall({ deltas: 0 }), fault.stall({ deltas: 2 })],
  ["cut", "malformed", fault.cut({ deltas: 0 }), fault.cut({ deltas: 2 })],
  [
    "cut and reset",
    "network",
    fault.cut({ deltas: 0 }, "reset"),
    fault.cut({ deltas: 2 }, "reset"),
  ],
  ["cut inside an event", "malformed", fault.cut({ bytes: 40 })],
  ["no end mark", "malformed", fault.cut({ deltas: 0 }), fault.noEnd("mark"), "stream"],
  ["no finish", "malformed", fault.cut({ deltas: 0 }), fault.noEnd("finish"), "stream"],
  ["blank", "malformed", fault.blank()],
  ["blank lines", "malformed", fault.blank("\n\n")],
  ["HTML in a 200", "malformed", fault.html()],
  ["malformed", "malformed", fault.malformed(), fault.malformed(2)],
  ...shapes.map((shape): Row => [`shape ${shape}`, "malformed", fault.wrongShape(shape)]),
  ["empty content", "malformed", fault.emptyContent()],
  ["reasoning only", "malformed", fault.reasoningOnly(), null, "whole"],
  ["length without text", "malformed", fault.lengthWithoutText()],
  ["bare 404", "model_not_found", fault.status(404, { headers: {}, body: "" })],
  ["HTML 404", "model_not_found", fault.html(404)],
  ["HTML 502", "server", fault.html(502)],
  ["HTML 520", "server", fault.status(520, gateway)],
];

const vendors: readonly LabVendor[] = ["qwen", "deepseek", "openai"];

/** What can befall a request at any vendor: connections, silences, bodies that are no answers. */
export const transportFaults: readonly FaultBody[] = vendors.flatMap((vendor) =>
  rows.map(([name, kind, before, after = null, only]) => ({
    name: `${vendor}/${name}`,
    vendor,
    kind,
    forms: formsOf[vendor].filter(
      (form) => only === undefined || (only === "stream") === streams(form),
    ),
    before,
    after,
  })),
);

function streams(form: LabForm): boolean {
  return form.endsWith("stream");
}

import { expect, test } from "vitest";
import type { Cause } from "../../src/index.ts";
import type { FaultBody } from "../../src/lab/index.ts";
import { always, faultBodies, memoryTransport, seededRandom } from "../../src/lab/index.ts";
import { transportFaults } from "../../src/lab/index.ts";
import { createVirtualClock } from "../simulation/virtual-clock.ts";
import { canary, examineOne } from "./clinic.ts";

/** Every fault the lab can play, in virtual time: each gets a cause that fits its kind. */

const fitting: Readonly<Record<string, readonly Cause[]>> = {
  auth: ["key", "key_forbidden"],
  bad_request: ["bad_request", "wrong_path"],
  content_filtered: ["filtered"],
  context_length: ["bad_request"],
  // What ends by length is an answer of one token, whatever it lacks.
  malformed: ["cut", "malformed", "not_an_api", "well"],
  model_not_found: ["model", "wrong_path"],
  network: ["closed", "cut", "refused"],
  overloaded: ["overloaded"],
  quota: ["credit"],
  rate_limited: ["throttled"],
  server: ["server"],
  timeout: ["server", "silent", "stalled"],
};

const rows = [...faultBodies, ...transportFaults].flatMap((row) =>
  row.forms.map((form) => [`${row.name}, ${form}`, row, form] as const),
);

async function met({ vendor, before }: FaultBody, compatible: boolean) {
  const clock = createVirtualClock();
  const settings = { providers: { p: { vendor, key: canary } }, scripts: { p: always(before) } };
  const lab = memoryTransport(settings, clock, seededRandom(1));
  const { p } = lab.configuration("p").providers;
  const { compatibleEndpoint = "" } = lab.providers["p"] ?? {};
  const changes = compatible ? { api_endpoint: compatibleEndpoint } : {};
  const text = JSON.stringify({ providers: { p: { ...p, ...changes } } });
  const found = examineOne(text, { ports: { clock, transport: lab } });
  await clock.live();
  return { told: await found, requests: lab.requests };
}

test.each(rows)("%s", async (_, row, form) => {
  const { told, requests } = await met(row, form.startsWith("compatible"));
  expect(fitting[row.kind]).toContain(told.cause);
  expect(told.verdict).toBe(told.cause === "well" ? "well" : "unwell");
  expect(told.message).toMatch(/^[A-Z\d].{10,400}\.$/u);
  expect(told.advice).toMatch(told.cause === "well" ? /^$/u : /^(providers\.|[A-Z]).{20,300}\.$/u);
  // Nothing is retried; a list of models costs nothing.
  expect(requests.filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(1);
  expect(requests.length).toBeLessThanOrEqual(told.cause === "model" ? 2 : 1);
});

import { expect, test } from "vitest";
import { createVirtualClock } from "../../test/simulation/virtual-clock.ts";
import { fault } from "./faults.ts";
import { memoryTransport, type MemoryLab } from "./memory.ts";
import { sampleRequest } from "./sample-request.ts";
import { always } from "./script.ts";
import { seededRandom } from "./seeded-random.ts";
import type { LabSettings } from "./settings.ts";
import type { HttpRequest } from "../ports.ts";

const clock = createVirtualClock();

function start(settings: LabSettings = {}): MemoryLab {
  return memoryTransport(settings, clock, seededRandom(1));
}

function ask(lab: MemoryLab): HttpRequest {
  const to = lab.providers["openai"];
  if (to === undefined) throw new Error("no openai");
  return sampleRequest(to, "chat_stream");
}

/** Lives until nothing is left to happen. */
async function living<T>(task: Promise<T>): Promise<T> {
  const outcome = task.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  await clock.live();
  return (await outcome)();
}

test("bytes have their times on the clock, whoever reads when", async () => {
  const lab = start({ providers: { openai: { vendor: "openai", latencyMs: 500, deltaMs: 100 } } });
  const begun = clock.now();
  const times: number[] = [];
  let head = 0;
  await living(
    (async () => {
      const signal = new AbortController().signal;
      const { body } = await lab.send(ask(lab), { signal, connected: () => {} });
      head = clock.now() - begun;
      for await (const _ of body) times.push(clock.now() - begun);
    })(),
  );
  expect(head).toBe(500);
  expect([...new Set(times)]).toEqual([500, 600, 700, 800, 900, 1000, 1100]);
  expect(lab.openExchanges()).toBe(0);
  expect(lab.requests[0]).toMatchObject({ aborted: false, status: 200 });
});

test("the same seed gives the same bytes", async () => {
  const once = async (): Promise<string> => {
    const lab = start({ providers: { openai: { vendor: "openai" } } });
    const signal = new AbortController().signal;
    const { body } = await lab.send(ask(lab), { signal, connected: () => {} });
    let text = "";
    for await (const bytes of body) text += new TextDecoder().decode(bytes);
    return text.replaceAll(/"created":\d+/g, "");
  };
  expect(await living(once())).toBe(await living(once()));
});

test.each([
  ["before it connects", fault.silent(), false],
  ["while nothing comes", fault.silent(), true],
  ["while the head is awaited", fault.slowFirstByte(1000), true],
  ["while the body hangs", fault.stall({ deltas: 1 }), true],
  ["while keep-alives come", fault.keepAlives(7), true],
])("an abort %s rejects with the signal's reason", async (_when, met, later) => {
  const lab = start({ scripts: { openai: always(met) } });
  const leaving = new AbortController();
  const reason = new Error("enough");
  if (later) clock.setTimer(50, () => leaving.abort(reason));
  else leaving.abort(reason);
  const reading = (async () => {
    const options = { signal: leaving.signal, connected: () => {} };
    for await (const _ of (await lab.send(ask(lab), options)).body);
  })();
  await expect(living(reading)).rejects.toBe(reason);
  expect(lab.openExchanges()).toBe(0);
  expect(lab.requests.map(({ aborted }) => aborted)).toEqual(later ? [true] : []);
});

test("a refused connection never connects, and a list counts each one", async () => {
  const lab = start({ scripts: { openai: [fault.refused(), fault.reset()] } });
  let connections = 0;
  const send = (): Promise<unknown> => {
    const signal = new AbortController().signal;
    return lab.send(ask(lab), { signal, connected: () => void (connections += 1) });
  };
  await expect(living(send())).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(connections).toBe(0);
  await expect(living(send())).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(connections).toBe(1);
  await expect(living(send())).resolves.toMatchObject({ status: 200 });
});

test("a refusal for some time ends with it", async () => {
  const lab = start();
  lab.script("openai", [fault.refused(1000)]);
  const at = (delayMs: number): Promise<string> =>
    new Promise((resolve) => {
      clock.setTimer(delayMs, () => {
        const signal = new AbortController().signal;
        const sent = lab.send(ask(lab), { signal, connected: () => {} });
        sent.then(
          ({ status }) => resolve(String(status)),
          (error: { code?: string }) => resolve(String(error.code)),
        );
      });
    });
  expect(await living(Promise.all([at(10), at(900), at(1100)]))).toEqual([
    "ECONNREFUSED",
    "ECONNREFUSED",
    "200",
  ]);
});

test("a reader that leaves at the end mark leaves nothing open", async () => {
  const lab = start();
  const signal = new AbortController().signal;
  const reading = (async () => {
    const { body } = await lab.send(ask(lab), { signal, connected: () => {} });
    for await (const bytes of body) {
      if (new TextDecoder().decode(bytes).includes("[DONE]")) break;
    }
  })();
  await living(reading);
  expect(lab.openExchanges()).toBe(0);
  expect(lab.requests[0]?.aborted).toBe(false);
});

test("closing cuts what is open", async () => {
  const lab = start({ scripts: { openai: always(fault.silent()) } });
  const signal = new AbortController().signal;
  const sent = lab.send(ask(lab), { signal, connected: () => {} });
  clock.setTimer(10, () => void lab.close());
  await expect(living(sent)).rejects.toThrow("the transport is closed");
  expect(lab.openExchanges()).toBe(0);
});

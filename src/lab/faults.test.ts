import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createVirtualClock, type VirtualClock } from "../../test/simulation/virtual-clock.ts";
import type { HttpRequest } from "../ports.ts";
import { fault } from "./faults.ts";
import { faultBodies } from "./fault-bodies.ts";
import { transportFaults } from "./fault-bodies/transport.ts";
import { startLab, type Lab } from "./lab.ts";
import { memoryTransport, type MemoryLab } from "./memory.ts";
import { sampleRequest } from "./sample-request.ts";
import { always } from "./script.ts";
import { seededRandom } from "./seeded-random.ts";
import type { LabForm } from "./fault-body.ts";
import type { Fault } from "./fault.ts";
import type { LabVendor } from "./provider.ts";

/** What came of a request, with all that is new in every exchange left out. */
type Outcome = { readonly status: number | null; readonly text: string; readonly end: string };

function plain(text: string): string {
  return (
    text
      // A cut may leave a part of one.
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]*)+/g, "<id>")
      .replaceAll(/call_[0-9a-f]+/g, "<call>")
      .replaceAll(/"created":\d+/g, '"created":0')
  );
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code === "UND_ERR_SOCKET" ? "ECONNRESET" : code;
  return cause === undefined ? (error as Error).name : codeOf(cause);
}

/** With `fetch`; where nothing more can come, the client leaves once it has what it waits for. */
async function overHttp(request: HttpRequest, awaited: Outcome): Promise<Outcome> {
  const { url, ...rest } = request;
  const patience = new AbortController();
  const arrived = http.requests.length + 1;
  let status: number | null = null;
  let text = "";
  const leave = () => {
    const whole = awaited.status === status && plain(text).length >= awaited.text.length;
    if (awaited.end === "patience" && whole) patience.abort("patience");
  };
  const silent = awaited.end === "patience" && awaited.status === null;
  const polling = silent
    ? setInterval(() => void (http.requests.length >= arrived && leave()), 1)
    : undefined;
  try {
    const response = await fetch(url, { ...rest, signal: patience.signal });
    ({ status } = response);
    leave();
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      leave();
    }
    return { status, text: plain(text), end: "end" };
  } catch (error) {
    return { status, text: plain(text), end: codeOf(error) };
  } finally {
    clearInterval(polling);
  }
}

/** Through the transport, on the virtual clock. */
async function inMemory(lab: MemoryLab, clock: VirtualClock, sent: HttpRequest): Promise<Outcome> {
  const patience = new AbortController();
  const cancel = clock.setTimer(60, () => patience.abort("patience"));
  let status: number | null = null;
  let text = "";
  const play = async (): Promise<Outcome> => {
    try {
      const options = { signal: patience.signal, connected: () => {} };
      const response = await lab.send(sent, options);
      ({ status } = response);
      const decoder = new TextDecoder();
      for await (const bytes of response.body) text += decoder.decode(bytes, { stream: true });
      return { status, text: plain(text), end: "end" };
    } catch (error) {
      return { status, text: plain(text), end: codeOf(error) };
    } finally {
      cancel();
    }
  };
  const [outcome] = await Promise.all([play(), clock.live()]);
  return outcome;
}

let http: Lab;
const clock = createVirtualClock();
const memory = memoryTransport({}, clock, seededRandom(7));
beforeAll(async () => {
  http = await startLab();
});
afterAll(() => http.close());

async function bothWays(
  vendor: LabVendor,
  form: LabForm,
  met: Fault,
): Promise<readonly [http: Outcome, memory: Outcome]> {
  await http.script(vendor, always(met));
  memory.script(vendor, always(met));
  const to = memory.providers[vendor];
  if (to === undefined) throw new Error(`no ${vendor}`);
  const virtual = await inMemory(memory, clock, sampleRequest(to, form));
  return [await overHttp(sampleRequest(http[vendor], form), virtual), virtual];
}

const rows = [...faultBodies, ...transportFaults];

test("every row has a name of its own", () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

describe("every fault comes alike over HTTP and in memory", () => {
  const cases = rows.flatMap((row) => row.forms.map((form) => [row.name, form, row] as const));
  test.each(cases)("%s, %s", async (_name, form, row) => {
    const played = row.after === null || !form.endsWith("stream") ? [] : [row.after];
    for (const met of [row.before, ...played]) {
      const [real, virtual] = await bothWays(row.vendor, form, met);
      // A reset may overtake what was sent before it; a client may leave amid a comment.
      const lossy = real.end === "ECONNRESET" || met.type === "keep_alives";
      if (!lossy) expect(real).toEqual(virtual);
      else expect(real.end).toBe(virtual.end);
      expect(expectedEnds(row.kind)).toContain(virtual.end);
    }
  });
});

function expectedEnds(kind: string): readonly string[] {
  if (kind === "network") return ["ECONNREFUSED", "ECONNRESET"];
  return kind === "timeout" ? ["patience", "end"] : ["end"];
}

describe("what a fault looks like", () => {
  test("an error at DashScope, in each of its forms", async () => {
    const row = rows.find(({ name }) => name === "qwen/DataInspectionFailed");
    if (row === undefined) throw new Error("no row");
    const message = "Input text data may contain inappropriate content.";
    const native = JSON.stringify({ code: "DataInspectionFailed", message, request_id: "<id>" });
    const code = "data_inspection_failed";
    const error = { message, type: code, param: null, code };
    const compatible = JSON.stringify({ error, request_id: "<id>" });
    const texts: Partial<Record<LabForm, readonly [number, string]>> = {
      native: [400, native],
      native_stream: [200, `id:1\nevent:error\n:HTTP_STATUS/400\ndata:${native}\n\n`],
      compatible: [400, compatible],
      compatible_stream: [400, `data: ${compatible}\n\n`],
    };
    for (const form of row.forms) {
      const [{ status, text }] = await bothWays("qwen", form, row.before);
      expect([status, text]).toEqual(texts[form]);
    }
  });

  test("a stream is cut after so many deltas", async () => {
    const cut = fault.cut({ deltas: 2 });
    const [{ text }] = await bothWays("openai", "chat_stream", cut);
    expect(text.match(/"content":"[^"]+"/g)).toHaveLength(2);
    expect(text).not.toContain("[DONE]");
  });

  test("a stream without its mark ends with the usage", async () => {
    const [{ text }] = await bothWays("openai", "chat_stream", fault.noEnd());
    expect(text).toContain('"finish_reason":"stop"');
    expect(text).not.toContain("[DONE]");
    const [{ text: native }] = await bothWays("qwen", "native_stream", fault.noEnd());
    expect(native).not.toContain('"finish_reason":"stop"');
  });

  test("an error in a native frame on a compatible stream", async () => {
    const error = { status: 429, code: "Throttling", message: "(simulated) slow down" };
    const met = fault.error(error, { at: { deltas: 1 }, nativeFrame: true });
    const [{ text }] = await bothWays("qwen", "compatible_stream", met);
    expect(text).toContain('event:error\n:HTTP_STATUS/429\ndata:{"code":"Throttling"');
  });

  test("Retry-After, and headers of one's own", async () => {
    const headers = { "x-mine": "1" };
    await http.script("deepseek", [fault.status(429, { retryAfter: 3, headers })]);
    const { url, ...rest } = sampleRequest(http.deepseek, "chat");
    const response = await fetch(url, rest);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("3");
    expect(response.headers.get("x-mine")).toBe("1");
    expect((await fetch(url, rest)).status).toBe(200);
  });
});

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../ports.ts";
import type { Bench } from "./bench.ts";
import type { LabRecord } from "./record.ts";
import type { LabReply, ReplyEnd } from "./reply.ts";
import type { LabRequest } from "./request.ts";

/** Plays one exchange over HTTP; settles when it is over, however it ends. */
export async function serve(
  name: string,
  bench: Bench,
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = leaving(request, response);
  const body = await bodyOf(request);
  if (body === null) return;
  const { reply, record } = bench.exchange(name, readRequest(request, body));
  const finished = await answer(reply, record, clock, response, gone.signal);
  if (!finished) record.aborted = true;
  gone.stop();
}

type Leaving = { readonly signal: AbortSignal; readonly stop: () => void };

/** Says when the client is gone. */
function leaving(request: IncomingMessage, response: ServerResponse): Leaving {
  const controller = new AbortController();
  const leave = (): void => controller.abort();
  response.once("close", leave);
  request.socket.on("error", leave);
  return {
    signal: controller.signal,
    stop() {
      response.off("close", leave);
      request.socket.off("error", leave);
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of request) parts.push(part as Uint8Array);
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString("utf8");
}

function readRequest(request: IncomingMessage, body: string): LabRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  return { method: request.method ?? "", path: request.url ?? "/", headers, body };
}

/** Whether the client was there to the end of what it was to get. */
async function answer(
  reply: LabReply,
  record: LabRecord,
  clock: Clock,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<boolean> {
  if (reply.type === "silent") {
    await untilGone(gone);
    return false;
  }
  if (reply.type !== "reply") {
    reset(response);
    return true;
  }
  await wait(clock, reply.headAfterMs, gone);
  if (gone.aborted) return false;
  record.status = reply.status;
  response.writeHead(reply.status, { ...reply.headers });
  response.flushHeaders();
  for (const { afterMs, bytes } of reply.pieces) {
    await wait(clock, afterMs, gone);
    if (gone.aborted) return false;
    if (!response.write(bytes)) await drained(response, gone);
  }
  return finish(reply.end, response, gone);
}

async function finish(
  end: ReplyEnd,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<boolean> {
  switch (end) {
    case "end":
      if (gone.aborted) return false;
      await new Promise<void>((resolve) => {
        gone.addEventListener("abort", () => resolve(), { once: true });
        response.end(resolve);
      });
      return response.writableFinished;
    case "reset":
      // What was written is to arrive before the connection breaks.
      await new Promise<void>((resolve) => void setImmediate(resolve));
      reset(response);
      return true;
    case "hang":
      await untilGone(gone);
      return false;
  }
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function untilGone(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (gone.aborted) resolve();
    else gone.addEventListener("abort", () => resolve(), { once: true });
  });
}

function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    response.once("drain", resolve);
    gone.addEventListener("abort", () => resolve(), { once: true });
  });
}

function wait(clock: Clock, delayMs: number, gone: AbortSignal): Promise<void> {
  if (delayMs <= 0 || gone.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      gone.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.setTimer(delayMs, done);
    gone.addEventListener("abort", done, { once: true });
  });
}

import type { Dispatcher } from "undici";
import type { HttpRequest, HttpResponse } from "../ports.ts";
import type { Body } from "./body.ts";
import { createBody } from "./body.ts";

/** How much of a body nobody wants is still read, so that its connection can be used again. */
const drainMaxBytes = 64 * 1024;
const drainMaxMs = 1_000;
const unwanted = new Error("The rest of the body is not wanted.");

type Controller = Dispatcher.DispatchController;

/** One request and its reply. The signal closes the connection at any moment. */
export function exchange(
  dispatcher: Dispatcher,
  url: URL,
  request: HttpRequest,
  { signal, connected }: { readonly signal: AbortSignal; readonly connected: () => void },
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let controller: Controller | null = null;
    let body: Body | null = null;
    let drained: number | null = null;
    let drainTimer: NodeJS.Timeout | undefined;

    function settle(): void {
      clearTimeout(drainTimer);
      signal.removeEventListener("abort", abort);
    }

    function abort(): void {
      const reason = signal.reason as Error;
      settle();
      reject(reason);
      body?.abort(reason);
      controller?.abort(reason);
    }

    function drain(started: Controller): void {
      drained = 0;
      started.resume();
      drainTimer = setTimeout(() => started.abort(unwanted), drainMaxMs).unref();
    }

    signal.addEventListener("abort", abort, { once: true });
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers,
        body: request.body,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (signal.aborted) started.abort(signal.reason as Error);
          else connected();
        },
        onResponseStart(started, status, headers) {
          // Informational replies come before the real one.
          if (status < 200) return;
          body = createBody({
            pause: () => started.pause(),
            resume: () => started.resume(),
            release: () => drain(started),
          });
          resolve({ status, headers: flatten(headers), body });
        },
        onResponseData(started, chunk) {
          if (drained === null) {
            body?.push(chunk);
            return;
          }
          drained += chunk.length;
          if (drained > drainMaxBytes) started.abort(unwanted);
        },
        onResponseEnd() {
          settle();
          body?.end();
        },
        onResponseError(_, error) {
          settle();
          body?.fail(error);
          reject(error);
        },
      },
    );
  });
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

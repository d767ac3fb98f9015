import { createParser } from "eventsource-parser";
import { expect, vi } from "vitest";

/** One event of a stream. */
export type Told = { readonly event: string; readonly id: string; readonly data: unknown };

/** Listens to `/api/live` as a browser does. */
export async function toldStream(
  url: string,
  { query = "", lastEventId }: { readonly query?: string; readonly lastEventId?: string } = {},
) {
  const stop = new AbortController();
  const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const response = await fetch(`${url}api/live${query}`, { headers, signal: stop.signal });
  const told: Told[] = [];
  const parser = createParser({
    onEvent: ({ event = "message", id = "", data }) => {
      told.push({ event, id, data: JSON.parse(data) as unknown });
    },
  });
  const over = read().catch(() => "cut" as const);

  async function read(): Promise<"ended"> {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
    }
    return "ended";
  }

  return {
    response,
    told,
    over,
    /** The numbers of the entries that were told. */
    numbers: () => told.filter(({ event }) => event === "entry").map(({ id }) => Number(id)),
    /** Resolves when this event was told so often. */
    heard: (event: string, times = 1) =>
      vi.waitFor(
        () => {
          expect(told.filter((one) => one.event === event).length).toBeGreaterThanOrEqual(times);
        },
        { timeout: 10_000, interval: 5 },
      ),
    stop: () => stop.abort(),
  };
}

import { createParser } from "eventsource-parser";
import type { WireEvent } from "./codec.ts";

/** How many characters of one event are kept while its end has not come. */
export const eventMaxCharacters = 8 * 1024 * 1024;

/** Reads a stream of server-sent events; comments give nothing, but for a status they state. */
export type SseReader = {
  /** The events that this piece of text completes. */
  feed(text: string): WireEvent[];
  /** The last event, where its blank line never came. */
  flush(): WireEvent[];
};

/** A reader of one stream. */
export function createSseReader(): SseReader {
  let events: WireEvent[] = [];
  let status: number | null = null;
  let broken = false;

  const parser = createParser({
    maxBufferSize: eventMaxCharacters,
    onEvent({ event, data }) {
      events.push({ type: "event", name: event ?? null, data, status });
      status = null;
    },
    onComment(comment) {
      const stated = /^HTTP_STATUS\/(\d{3})\b/.exec(comment)?.[1];
      if (stated !== undefined) status = Number(stated);
    },
    onError({ type }) {
      if (type !== "max-buffer-size-exceeded") return;
      broken = true;
      events.push({ type: "unreadable", message: "One event of the stream is larger than 8 MiB" });
    },
  });

  function feed(text: string): WireEvent[] {
    if (broken) return [];
    parser.feed(text);
    const found = events;
    events = [];
    return found;
  }

  return { feed, flush: () => feed("\n\n") };
}

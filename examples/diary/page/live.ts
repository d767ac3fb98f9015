import type { ServerResponse } from "node:http";
import type { Clock } from "standin";
import { DiaryTrouble } from "../trouble.ts";
import type { DiarySource } from "./diary-source.ts";
import type { NumberedEntry } from "./entry-feed.ts";
import { tellEntry } from "./told-entry.ts";

/** The open streams of the page, on which new entries are told. */
export type Live = {
  /**
   * Tells the entries kept after this number, and then each as it comes. `null`: only those that
   * come. `false`: there are too many streams already.
   */
  join(response: ServerResponse, after: number | null): boolean;
  /** Ends all streams. */
  close(): void;
};

const lookMs = 1_000;
const beatMs = 15_000;
const batch = 500;
const mostStreams = 100;
const mostUnread = 4 * 1_024 * 1_024;

class Replaced extends DiaryTrouble {
  constructor(path: string) {
    super(`The diary's database ${path} is gone, or another is there: put it back, or serve anew.`);
  }
}

function troubleOf(error: unknown): { readonly what: string; readonly replaced: boolean } {
  const what = error instanceof Error ? error.message : String(error);
  return { what, replaced: error instanceof Replaced };
}

/** Streams on this source; the database is looked at every second while somebody listens. */
export function createLive(source: DiarySource, clock: Clock, instance: string): Live {
  const streams = new Set<ServerResponse>();
  let seen = 0;
  let lookAgain: (() => void) | null = null;
  let beaten = 0;
  let trouble: ReturnType<typeof troubleOf> | null = null;

  function tell(response: ServerResponse, event: string, value: unknown, id?: number): void {
    // Whoever does not read is let go: it comes again, and misses nothing.
    if (response.writableLength > mostUnread) return void response.destroy();
    const number = id === undefined ? "" : `id: ${id}\n`;
    response.write(`${number}event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  function tellAll(event: string, value: unknown): void {
    for (const response of streams) tell(response, event, value);
  }

  function tellEntryOn(response: ServerResponse, { number, entry }: NumberedEntry): void {
    tell(response, "entry", tellEntry(entry, source.settings), number);
  }

  function look(): void {
    for (;;) {
      const found = source.feed.after(seen, batch);
      for (const one of found) {
        for (const response of streams) tellEntryOn(response, one);
        seen = one.number;
      }
      if (found.length < batch) return;
    }
  }

  function every(): void {
    lookAgain = clock.setTimer(lookMs, every, true);
    const now = clock.now();
    try {
      look();
      if (!source.isInPlace()) throw new Replaced(source.database.path);
      if (trouble !== null) tellAll("well", {});
      trouble = null;
    } catch (error) {
      const found = troubleOf(error);
      if (trouble?.what !== found.what) tellAll("trouble", found);
      trouble = found;
    }
    if (source.simulatedTime !== null) tellAll("time", { time: source.simulatedTime() });
    if (now - beaten < beatMs) return;
    beaten = now;
    tellAll("beat", {});
  }

  function begin(): void {
    if (lookAgain !== null) return;
    beaten = clock.now();
    lookAgain = clock.setTimer(lookMs, every, true);
  }

  function catchUp(response: ServerResponse, after: number): void {
    let told = after;
    while (told < seen) {
      const found = source.feed.after(told, batch).filter(({ number }) => number <= seen);
      for (const one of found) tellEntryOn(response, one);
      told = found.at(-1)?.number ?? seen;
    }
  }

  function leave(response: ServerResponse): void {
    streams.delete(response);
    if (streams.size > 0) return;
    lookAgain?.();
    lookAgain = null;
  }

  return {
    join(response, after) {
      if (streams.size >= mostStreams) return false;
      // Nobody listened, so nobody has to be told what came meanwhile.
      if (streams.size === 0) seen = source.feed.last();
      look();
      const from = after === null || after > seen ? seen : after;
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("retry: 1000\n\n");
      tell(response, "hello", { instance, again: after !== null && after > seen }, from);
      catchUp(response, from);
      if (trouble !== null) tell(response, "trouble", trouble);
      streams.add(response);
      response.on("close", () => leave(response));
      begin();
      return true;
    },
    close() {
      lookAgain?.();
      lookAgain = null;
      for (const response of streams) response.end();
      streams.clear();
    },
  };
}

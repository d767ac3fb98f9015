import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createCollector } from "../../src/chat/collect.ts";
import type { Failure } from "../../src/failure.ts";
import { classify } from "../../src/providers/classify.ts";
import { codecFor } from "../../src/providers/codecs.ts";
import type { WireEvent } from "../../src/providers/codec.ts";
import { createEventReader } from "../../src/providers/event-reader.ts";
import type { Protocol, Vendor } from "../../src/snapshot.ts";
import { sampleProvider } from "../samples.ts";

/** One reply of a provider as bytes, and what it means. */
export type Fixture = {
  readonly protocol: Protocol;
  readonly name: string;
  /** Written in the shape of a recorded reply, or made up from a description. */
  readonly kind: "recorded-shape" | "synthetic";
  /** Where that shape can be seen. */
  readonly source: string;
  readonly vendor: Vendor;
  readonly stream: boolean;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly endpoint?: string;
  /** When the reply came; counts for stated times only. */
  readonly at?: string;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
};

/** What a reply came to. */
export type Outcome = {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly state: "more" | "settling" | "complete" | Failure;
};

const folders: readonly (readonly [Protocol, string])[] = [
  ["openai_chat", "openai-chat"],
  ["dashscope", "dashscope"],
];

/** Every fixture of every wire format. */
export const fixtures: readonly Fixture[] = folders.flatMap(([protocol, folder]) => {
  const place = join(import.meta.dirname, "../../src/providers", folder, "fixtures");
  const index = JSON.parse(readFileSync(join(place, "index.json"), "utf8")) as readonly (Fixture & {
    file: string;
  })[];
  return index.map((row) => ({ ...row, protocol, bytes: readFileSync(join(place, row.file)) }));
});

/** Reads a reply that arrives in these pieces. */
export function play(fixture: Fixture, pieces: readonly Uint8Array[]): Outcome {
  const { protocol, vendor, status, headers } = fixture;
  const at = Date.parse(fixture.at ?? "2026-11-22T00:00:00Z");
  if (status !== 200) {
    const body = Buffer.concat(pieces).toString();
    return { answer: {}, state: classify(vendor, { status, headers, body, at }, []) };
  }
  const endpoint = fixture.endpoint ?? "https://somewhere.example/v1/chat/completions";
  const provider = sampleProvider("p", { protocol, vendor, endpoint });
  const decoder = codecFor(protocol).decoder(provider, { status, headers, at, rules: [] });
  const collector = createCollector();
  const reader = createEventReader();
  let state: Outcome["state"] = "more";
  const take = (events: readonly WireEvent[]): void => {
    for (const event of events) {
      if (state === "complete" || typeof state === "object") return;
      const fed = decoder.feed(event);
      for (const delta of fed.deltas) collector.add(delta);
      state = fed.state;
    }
  };
  for (const piece of pieces) take(reader.feed(piece));
  take(reader.close());
  return { answer: { ...collector.content(), requestId: decoder.requestId() }, state };
}

/** The bytes one by one. */
export function singly(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from(bytes, (_byte, index) => bytes.subarray(index, index + 1));
}

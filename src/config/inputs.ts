import { createHash } from "node:crypto";
import type { Files } from "../ports.ts";
import { readBounded } from "./bounds.ts";
import { keyFilesOf } from "./key-files.ts";
import { parse } from "./parse.ts";

/** What came of reading a file: its bytes, or what the system threw. */
export type Reading = { readonly bytes: Uint8Array } | { readonly thrown: unknown };

/** Everything a configuration is made of: its own text, and the key files this names. */
export type Inputs = {
  readonly text: Reading;
  /** By their paths. */
  readonly keyFiles: ReadonlyMap<string, Reading>;
  /** A digest of all of it: equal for two that hold the same. */
  readonly print: string;
};

/** Reads the inputs of one configuration, whole, as often as asked. */
export type Reader = { readSync(): Inputs; read(): Promise<Inputs> };

/** A reader of the text at a path, or of one that is given, and of the key files it names. */
export function createReader(place: string | Reading, files: Files): Reader {
  // A text is parsed for its key files once, however often it is looked at.
  let last: { readonly print: string; readonly keyFiles: readonly string[] } | null = null;

  function keyFilesIn(text: Reading): readonly string[] {
    const print = printOf(text);
    if (last?.print !== print) last = { print, keyFiles: findKeyFiles(text) };
    return last.keyFiles;
  }

  function readSync(path: string): Reading {
    try {
      return { bytes: files.readSync(path) };
    } catch (thrown) {
      return { thrown };
    }
  }

  async function read(path: string): Promise<Reading> {
    try {
      return { bytes: await files.read(path) };
    } catch (thrown) {
      return { thrown };
    }
  }

  return {
    readSync() {
      const text = typeof place === "string" ? readSync(place) : place;
      return join(
        text,
        keyFilesIn(text).map((path) => [path, readSync(path)]),
      );
    },
    async read() {
      const text = typeof place === "string" ? await read(place) : place;
      const reading = keyFilesIn(text).map(async (path) => [path, await read(path)] as const);
      return join(text, await Promise.all(reading));
    },
  };
}

/** Whether there is something to read; a file may be away or empty while it is being written. */
export function isThere(reading: Reading): boolean {
  return "bytes" in reading && reading.bytes.some((byte) => byte > spaceByte);
}

const spaceByte = 32;

function join(text: Reading, keyFiles: readonly (readonly [string, Reading])[]): Inputs {
  const parts = keyFiles.map(([path, reading]) => [path, printOf(reading)]);
  const print = createHash("sha256").update(JSON.stringify([printOf(text), parts]));
  return { text, keyFiles: new Map(keyFiles), print: print.digest("hex") };
}

function printOf(reading: Reading): string {
  if ("bytes" in reading) return createHash("sha256").update(reading.bytes).digest("hex");
  const { thrown } = reading;
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
}

// Most name none, and need no parsing to know it; a letter may be written as its number.
const mayNameFiles = /file:|\\u/iu;

function findKeyFiles(text: Reading): readonly string[] {
  if (!("bytes" in text)) return [];
  const bounded = readBounded(text.bytes);
  if ("problem" in bounded || !mayNameFiles.test(bounded.text)) return [];
  const { config } = parse(bounded.text);
  return config === null ? [] : keyFilesOf(config);
}

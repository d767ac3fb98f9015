import { fileURLToPath } from "node:url";
import { LLMConfigurationError } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Inputs, Reader, Reading } from "./inputs.ts";
import { createReader } from "./inputs.ts";
import type { Loaded, LoadOptions } from "./load.ts";
import { loadConfiguration } from "./load.ts";
import { wholeFileProblem } from "./problem.ts";
import type { SecretPorts } from "./read-secret.ts";
import { unreadableFile } from "./unreadable.ts";

/** Where a configuration comes from: a file, or an object that stands for what it would hold. */
export type Source = { readonly path: string } | { readonly object: object };

/** What loading may be told beside what was read. */
export type HowToLoad = Pick<LoadOptions, "strict" | "revisions">;

type LoadPorts = SecretPorts & Pick<LoadOptions, "clock">;

/** The source that a caller names. Throws TypeError for an address that is no file's. */
export function sourceOf(configuration: string | URL | object): Source {
  if (typeof configuration === "string") return { path: configuration };
  if (!(configuration instanceof URL)) return { object: configuration };
  if (configuration.protocol === "file:") return { path: fileURLToPath(configuration) };
  const { protocol } = configuration;
  throw new TypeError(`The configuration must be a file: its URL begins with ${protocol}`);
}

/** What messages call a source. */
export function nameOf(source: Source): string {
  return "path" in source ? source.path : "configuration";
}

/** The reader of a source. */
export function readerOf(source: Source, { files }: SecretPorts): Reader {
  return createReader("path" in source ? source.path : writeOut(source.object), files);
}

/** Makes a snapshot of what was read. Throws LLMConfigurationError with every problem. */
export function loadInputs(
  source: Source,
  inputs: Inputs,
  ports: LoadPorts,
  how: HowToLoad,
): Snapshot {
  const { snapshot, problems } = load(source, inputs, ports, how);
  if (snapshot === null) throw new LLMConfigurationError(nameOf(source), problems);
  return snapshot;
}

/** Reads a source at once. Throws LLMConfigurationError with every problem. */
export function readSourceSync(source: Source, ports: LoadPorts, strict: boolean): Snapshot {
  return loadInputs(source, readerOf(source, ports).readSync(), ports, { strict });
}

function load(source: Source, inputs: Inputs, ports: LoadPorts, how: HowToLoad): Loaded {
  const { text, keyFiles } = inputs;
  if ("thrown" in text) {
    const problem = "path" in source ? unreadableFile(text.thrown) : unwritable;
    return { snapshot: null, problems: [problem] };
  }
  const files = { ...ports.files, readSync: (path: string) => bytesOf(path, keyFiles) };
  const where = "path" in source ? { file: source.path } : { inProgram: true };
  return loadConfiguration(text.bytes, { ...ports, ...how, ...where, files });
}

function bytesOf(path: string, keyFiles: Inputs["keyFiles"]): Uint8Array {
  const reading = keyFiles.get(path);
  if (reading === undefined) throw new Error(`${path} was not read.`);
  if ("thrown" in reading) throw reading.thrown;
  return reading.bytes;
}

function writeOut(object: object): Reading {
  try {
    const text: string | undefined = JSON.stringify(object, spelledOut, 2);
    return text === undefined
      ? { thrown: new Error("It comes to nothing as JSON.") }
      : { bytes: new TextEncoder().encode(text) };
  } catch (thrown) {
    return { thrown };
  }
}

// JSON would turn these into null, which means something else in a configuration.
function spelledOut(_name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

const unwritable = wholeFileProblem(
  "the object cannot be written as JSON",
  "give plain objects, lists, texts and numbers",
);

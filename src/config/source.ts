import type { Problem } from "../errors.ts";
import { LLMConfigurationError } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Loaded } from "./load.ts";
import { loadConfiguration } from "./load.ts";
import { wholeFileProblem } from "./problem.ts";
import type { SecretPorts } from "./read-secret.ts";
import { reasonOf } from "./read-secret.ts";

/** Where a configuration comes from: a file, or an object that stands for what it would hold. */
export type Source = { readonly path: string } | { readonly object: object };

/** What messages call a source. */
export function nameOf(source: Source): string {
  return "path" in source ? source.path : "configuration";
}

/** Reads a source at once. Throws LLMConfigurationError with every problem. */
export function readSourceSync(source: Source, ports: SecretPorts, strict: boolean): Snapshot {
  return accept(source, loadSourceSync(source, ports, strict));
}

/** As `readSourceSync`, the file being read in the background. */
export async function readSource(
  source: Source,
  ports: SecretPorts,
  strict: boolean,
): Promise<Snapshot> {
  if (!("path" in source)) return readSourceSync(source, ports, strict);
  let bytes: Uint8Array;
  try {
    bytes = await ports.files.read(source.path);
  } catch (thrown) {
    return accept(source, { snapshot: null, problems: [unreadable(source.path, thrown)] });
  }
  return accept(source, loadConfiguration(bytes, { ...ports, strict }));
}

function loadSourceSync(source: Source, ports: SecretPorts, strict: boolean): Loaded {
  if ("object" in source) return loadObject(source.object, ports, strict);
  let bytes: Uint8Array;
  try {
    bytes = ports.files.readSync(source.path);
  } catch (thrown) {
    return { snapshot: null, problems: [unreadable(source.path, thrown)] };
  }
  return loadConfiguration(bytes, { ...ports, strict });
}

function loadObject(object: object, ports: SecretPorts, strict: boolean): Loaded {
  let text: string | undefined;
  try {
    text = JSON.stringify(object, spelledOut, 2);
  } catch {
    text = undefined;
  }
  if (text !== undefined) {
    return loadConfiguration(text, { ...ports, strict, inProgram: true });
  }
  const message = "the object cannot be written as JSON";
  const problem = wholeFileProblem(message, "give plain objects, lists, texts and numbers");
  return { snapshot: null, problems: [problem] };
}

// JSON would turn these into null, which means something else in a configuration.
function spelledOut(_name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function unreadable(path: string, thrown: unknown): Problem {
  const reason = reasonOf(thrown);
  const missing = reason === "there is no such file";
  const hint = missing
    ? "`standin init` writes a first one; or give the path of yours"
    : "give the path of a file that this program may read";
  return wholeFileProblem(`the file ${path} cannot be read: ${reason}`, hint);
}

function accept(source: Source, { snapshot, problems }: Loaded): Snapshot {
  if (snapshot === null) throw new LLMConfigurationError(nameOf(source), problems);
  return snapshot;
}

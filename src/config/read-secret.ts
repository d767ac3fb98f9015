import type { Environment, Files } from "../ports.ts";
import type { Severity } from "../errors.ts";
import { isHeaderValue } from "./headers.ts";
import type { Reference } from "./reference.ts";
import { isPlaceholder, readReference } from "./reference.ts";
import { scrub } from "./show.ts";

/** Where secrets are read from. */
export type SecretPorts = {
  readonly files: Files;
  readonly environment: Environment;
  /** Whether there is no file: then a key may stand in the configuration itself. */
  readonly inProgram?: boolean;
};

/** What a secret's text in the file came to; messages hold no part of the secret. */
export type ReadSecret = {
  /** `null`: there is none. */
  readonly value: string | null;
  /** Where it comes from, or would: words that hold no part of it. */
  readonly source: string;
  readonly told: {
    readonly severity: Severity;
    readonly message: string;
    readonly hint: string;
  } | null;
  /** Whether nothing is where it ought to be: no matter while nobody needs it. */
  readonly missing?: boolean;
};

const longestBytes = 16_384;

/** Reads the value of a header as the file has it: a reference, or the value itself. */
export function readHeader(written: string, ports: SecretPorts): ReadSecret {
  const reference = readReference(written);
  if (reference.from !== "inline" && reference.from !== "placeholder") {
    return readElsewhere(reference, ports);
  }
  const value = written.trim();
  if (isHeaderValue(value)) return { value, source: "inline", told: null };
  const message = "holds a character that no header can carry";
  return failed("inline", message, "use Latin letters, digits and signs, on one line");
}

/** Reads a secret from where the file says that it is. */
export function readElsewhere(
  reference: Extract<Reference, { readonly from: "variable" | "file" | "nowhere" }>,
  ports: SecretPorts,
): ReadSecret {
  switch (reference.from) {
    case "variable":
      return readVariable(reference.name, ports);
    case "file":
      return readFile(reference.path, ports);
    case "nowhere":
      return failed("nowhere", reference.message, reference.hint);
  }
}

function readVariable(name: string, { environment }: SecretPorts): ReadSecret {
  const source = `variable ${name}`;
  const value = environment.get(name)?.trim();
  if (value === undefined || value === "") {
    const state = value === undefined ? "is not set" : "is empty";
    const hint = `set ${name}, or write "enabled": false for this provider`;
    return { ...failed(source, `the variable ${name} ${state}`, hint), missing: true };
  }
  return checked(value, source, `the variable ${name}`);
}

function readFile(path: string, { files }: SecretPorts): ReadSecret {
  const source = `file ${scrub(path)}`;
  const what = `the key file ${scrub(path)}`;
  let bytes: Uint8Array;
  try {
    bytes = files.readSync(path);
  } catch (thrown) {
    const hint = "write the path of a file that this program may read";
    const message = `${what} cannot be read: ${reasonOf(thrown)}`;
    return { ...failed(source, message, hint), missing: true };
  }
  if (bytes.length > longestBytes) {
    return failed(source, `${what} is too large for a key`, "keep the key in it alone");
  }
  const value = new TextDecoder().decode(bytes).trim();
  if (value === "") return failed(source, `${what} is empty`, "write the key into it");
  return checked(value, source, what);
}

function checked(value: string, source: string, what: string): ReadSecret {
  if (isPlaceholder(value)) {
    return failed(source, `${what} holds a placeholder`, "put the real key there");
  }
  const flaw = flawOf(value);
  if (flaw !== null) return failed(source, `${what} holds ${flaw}`, keyAlone);
  return { value, source, told: null };
}

/** What to do about a key that holds more than a key. */
export const keyAlone = 'write the key alone, with nothing like "Bearer" before it';

/** What keeps a key out of an HTTP header; never a part of the key. */
export function flawOf(value: string): string | null {
  if (/\s/u.test(value)) return "a space or a line break inside the key";
  return isHeaderValue(value) ? null : "a character that no HTTP header can carry";
}

/** The system's reason for a file it would not read, in words that hold nothing of the file. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "this program may not read it";
    case "EISDIR":
      return "it is a directory";
    default:
      return code === "" ? "the system refuses" : `the system says ${code}`;
  }
}

/** A secret that was found, and what is to be told of it. */
export function found(
  value: string,
  source: string,
  severity: Severity,
  message: string,
  hint: string,
): ReadSecret {
  return { value, source, told: { severity, message, hint } };
}

/** A secret that could not be read. */
export function failed(source: string, message: string, hint: string): ReadSecret {
  return { value: null, source, told: { severity: "error", message, hint } };
}

import type { Files } from "../ports.ts";
import type { Config, NamedProvider } from "./config.ts";
import type { Path } from "./document.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import type { Reference } from "./reference.ts";
import { readReference, saysNoKey } from "./reference.ts";
import { looksLikeKey, scrub } from "./show.ts";

/** Whether everybody on the machine may read the file, where keys stand in it, or a key file. */
export function checkAccess(
  { providers }: Config,
  file: string | undefined,
  files: Files,
): readonly Finding[] {
  const secrets = providers.flatMap(secretsOf);
  const holdsKeys = secrets.some(({ path, reference }) => isKey(path, reference));
  const ofFile =
    holdsKeys && file !== undefined && isOpen(file, files)
      ? [warning([], "everybody on this machine may read this file, and keys stand in it", aside)]
      : [];
  const ofKeyFiles = secrets.flatMap(({ path, reference }) => {
    if (reference.from !== "file" || !isOpen(reference.path, files)) return [];
    const message = `everybody on this machine may read the key file ${scrub(reference.path)}`;
    return [warning(path, message, "run chmod 600 on it")];
  });
  return [...ofFile, ...ofKeyFiles];
}

const aside = "run chmod 600 on it, or keep the keys out of it";

// Most headers are no secret, and a server of one's own may need no key.
function isKey(path: Path, reference: Reference): boolean {
  if (reference.from !== "inline" || saysNoKey(reference.value)) return false;
  const isHeader = path.length > 3;
  return !isHeader || secretNames.test(String(path.at(-1))) || looksLikeKey(reference.value);
}

const secretNames = /auth|key|token|secret|passw|cookie/iu;

type Written = { readonly path: Path; readonly reference: Reference };

function secretsOf({ name, api_key, headers }: NamedProvider): readonly Written[] {
  const path = ["providers", name];
  return [
    { path: [...path, "api_key"], reference: readReference(api_key) },
    ...Object.entries(headers).map(([header, value]) => ({
      path: [...path, "headers", header],
      reference: readReference(value),
    })),
  ];
}

// What a container is given is nobody else's, whatever its mode.
const mounted = /^\/(?:var\/)?run\/secrets\//u;

const forOthers = 0o006;

// The group is not asked about: who gives a file to a group means to.
function isOpen(path: string, files: Files): boolean {
  if (mounted.test(path)) return false;
  const mode = files.modeSync?.(path) ?? null;
  return mode !== null && (mode & forOthers) !== 0;
}

import type { ConfigurationEdit } from "./config/edit/edit.ts";
import type { EditedConfiguration } from "./config/edit/edit-text.ts";
import { editText } from "./config/edit/edit-text.ts";
import type { CheckOptions } from "./check.ts";
import { systemClock } from "./node/clock.ts";
import { systemEnvironment } from "./node/environment.ts";
import { systemFiles } from "./node/files.ts";
import type { Environment, Files } from "./ports.ts";

/** What an edit may be given beside the text; the machine's own files and environment if not. */
export type EditOptions = Omit<CheckOptions, "strict"> & {
  /** Takes a variable or a key file that is not here to be where the configuration is used. */
  readonly keysElsewhere?: boolean;
};

/** Edits a configuration's text and checks what comes of it; writes no file. */
export function editConfiguration(
  text: string | Uint8Array,
  edit: ConfigurationEdit,
  { keysElsewhere = false, ...given }: EditOptions = {},
): EditedConfiguration {
  const system = { files: systemFiles, environment: systemEnvironment, clock: systemClock };
  const ports = { ...system, ...given };
  return editText(text, edit, keysElsewhere ? { ...ports, ...assumeKeys(ports) } : ports);
}

type KeyPorts = { readonly files: Files; readonly environment: Environment };

function assumeKeys({ files, environment }: KeyPorts): KeyPorts {
  const readSync = (path: string): Uint8Array => {
    try {
      return files.readSync(path);
    } catch {
      return new TextEncoder().encode(`elsewhere-${encodeURIComponent(path)}`);
    }
  };
  return {
    environment: { get: (name) => environment.get(name) || `elsewhere-${name}` },
    files: { ...files, readSync },
  };
}

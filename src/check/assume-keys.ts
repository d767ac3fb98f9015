import type { Environment, Files } from "../ports.ts";

/** Where keys are looked up. */
export type KeyPorts = { readonly files: Files; readonly environment: Environment };

/** The same, with a stand-in for every variable and key file that is not here. */
export function assumeKeys({ files, environment }: KeyPorts): KeyPorts {
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

import { createHash } from "node:crypto";
import { Secret } from "../secret.ts";
import type { NamedProvider } from "./config.ts";
import { isPrivateHost } from "./host.ts";
import type { Finding } from "./problem.ts";
import type { ReadSecret, SecretPorts } from "./read-secret.ts";
import { readKey } from "./read-key.ts";
import { readHeader } from "./read-secret.ts";
import type { Path } from "./document.ts";

/** The secrets of one provider, read. */
export type ProviderSecrets = {
  /** `null`: the provider is not configured. */
  readonly key: Secret | null;
  readonly keySource: string;
  /** The beginning of the key's SHA-256, by which two keys are told apart. */
  readonly keyDigest: string | null;
  readonly headers: Readonly<Record<string, Secret>>;
};

/**
 * Reads the key and the headers of one provider. Of a disabled one flaws are only warnings, and
 * a secret that is not there is none.
 */
export function resolveSecrets(
  provider: NamedProvider,
  usualVariables: readonly string[],
  ports: SecretPorts,
): { readonly secrets: ProviderSecrets; readonly findings: readonly Finding[] } {
  const path = ["providers", provider.name];
  const place = { usualVariables, isPrivate: isWithinTheHouse(provider.api_endpoint) };
  const key = readKey(provider.api_key, place, ports);
  const headers = Object.entries(provider.headers).map(
    ([name, written]) => [name, readHeader(written, ports)] as const,
  );
  const findings = [
    ...tell(provider, [...path, "api_key"], key),
    ...headers.flatMap(([name, read]) => tell(provider, [...path, "headers", name], read)),
  ];
  const secrets = {
    key: key.value === null ? null : new Secret(key.value),
    keySource: key.source,
    keyDigest: key.value === null ? null : digest(key.value),
    headers: Object.fromEntries(
      headers.map(([name, { value }]) => [name, new Secret(value ?? "")] as const),
    ),
  };
  return { secrets, findings };
}

/** The first 12 hexadecimal digits of a text's SHA-256. */
export function digest(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

// What is no URL is told as that, and is nobody's public host.
function isWithinTheHouse(endpoint: string): boolean {
  const url = URL.parse(endpoint.trim());
  return url === null || isPrivateHost(url.hostname);
}

function tell(
  { enabled }: NamedProvider,
  path: Path,
  { told, missing }: ReadSecret,
): readonly Finding[] {
  if (told === null || (missing === true && !enabled)) return [];
  const severity = told.severity === "error" && !enabled ? "warning" : told.severity;
  return [{ ...told, severity, path }];
}

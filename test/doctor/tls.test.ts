import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Checkup } from "../../src/index.ts";
import { standin } from "../child.ts";
import type { Certificate } from "./certificates.ts";
import { makeCertificates } from "./certificates.ts";
import { canary } from "./clinic.ts";

/** Servers of TLS with certificates that are wrong, each in its own way, made here and now. */

const folder = await mkdtemp(join(tmpdir(), "standin-tls-"));
const certificates = makeCertificates(folder);
const servers: Server[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(folder, { recursive: true });
});

async function serve(certificate: Certificate): Promise<number> {
  const server = createServer({ ...certificate }, (request, response) => {
    request.resume();
    const choices = [{ index: 0, message: { content: "Hi" }, finish_reason: "stop" }];
    response.end(JSON.stringify({ choices }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** What the command says of a server with each certificate, whose authority it trusts or not. */
async function examined(trusted: boolean): Promise<Checkup> {
  if (certificates === null) throw new Error("There are no certificates.");
  const { authorityFile, good, expired, otherHost, selfSigned } = certificates;
  const providers: Record<string, object> = {};
  for (const [name, certificate] of Object.entries({ good, expired, otherHost, selfSigned })) {
    const api_endpoint = `https://127.0.0.1:${await serve(certificate)}/v1/chat/completions`;
    providers[name] = { api_endpoint, api_key: canary, model_name: "gpt-5.4-mini" };
  }
  const port = await serve(good);
  const api_endpoint = `http://127.0.0.1:${port}/v1/chat/completions`;
  providers["plain"] = { api_endpoint, api_key: canary, model_name: "gpt-5.4-mini" };
  const file = join(folder, "llm.json");
  await writeFile(file, JSON.stringify({ providers }));
  const env = trusted ? { NODE_EXTRA_CA_CERTS: authorityFile } : {};
  const { code, out } = await standin(["doctor", "--json", "-c", file], { env });
  expect(code).toBe(1);
  expect(out).not.toContain("CANARY");
  return JSON.parse(out) as Checkup;
}

const causes = ({ diagnoses }: Checkup) =>
  Object.fromEntries(diagnoses.map(({ provider, cause, code }) => [provider, [cause, code]]));

// `openssl` makes them; without it there are none, and the codes alone are tried elsewhere.
test.skipIf(certificates === null)("tells what is wrong with a certificate", async () => {
  const found = await examined(true);
  expect(causes(found)).toMatchObject({
    good: ["well", null],
    expired: ["tls_date", "CERT_HAS_EXPIRED"],
    otherHost: ["tls_wrong_host", "ERR_TLS_CERT_ALTNAME_INVALID"],
    selfSigned: ["tls_untrusted", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  });
  // A server of TLS hangs up on plain text, with or without a last word.
  expect(["closed", "tls_expected"]).toContain(causes(found)["plain"]?.[0]);
  expect(found.diagnoses.at(-1)?.advice).toContain("https://");
});

test.skipIf(certificates === null)(
  "an authority of one's own is nobody's until named",
  async () => {
    expect(causes(await examined(false))).toMatchObject({
      good: ["tls_untrusted", expect.stringMatching(/^UNABLE_TO_/u) as unknown],
    });
  },
);

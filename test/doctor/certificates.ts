import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate and its key, made for one test run and never kept. */
export type Certificate = { readonly cert: string; readonly key: string };

/** Certificates as good and bad servers have them, and the authority that signed all but one. */
export type Certificates = {
  /** The authority's own, as NODE_EXTRA_CA_CERTS takes it. */
  readonly authorityFile: string;
  readonly authority: string;
  readonly good: Certificate;
  readonly expired: Certificate;
  readonly otherHost: Certificate;
  readonly selfSigned: Certificate;
};

const loopback = "subjectAltName=IP:127.0.0.1";
const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** Makes them with `openssl` in a folder; `null` where there is no such program. */
export function makeCertificates(folder: string): Certificates | null {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) =>
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const read = (name: string): Certificate => ({
    cert: readFileSync(path(`${name}.pem`), "utf8"),
    key: readFileSync(path(`${name}.key`), "utf8"),
  });

  function authority(name: string, ...more: readonly string[]): void {
    const out = ["-keyout", `${name}.key`, "-out", `${name}.pem`, "-subj", `/CN=${name}`];
    openssl("req", "-x509", ...curve, ...out, ...more, "-days", "2");
  }

  function signed(name: string, altName: string, days: number): Certificate {
    const out = ["-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`];
    openssl("req", "-new", ...curve, ...out);
    writeFileSync(path(`${name}.ext`), `${altName}\n`);
    const by = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial"];
    const into = ["-extfile", `${name}.ext`, "-days", String(days), "-out", `${name}.pem`];
    openssl("x509", "-req", "-in", `${name}.csr`, ...by, ...into);
    return read(name);
  }

  try {
    openssl("version");
  } catch {
    return null;
  }
  authority("authority");
  authority("self", "-addext", loopback);
  return {
    authorityFile: path("authority.pem"),
    authority: read("authority").cert,
    good: signed("good", loopback, 2),
    expired: signed("expired", loopback, -1),
    otherHost: signed("other", "subjectAltName=DNS:elsewhere.test", 2),
    selfSigned: read("self"),
  };
}

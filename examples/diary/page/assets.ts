import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** A file of the page, as it is sent. */
export type Asset = { readonly type: string; readonly bytes: Uint8Array };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page's files by their path: what is not among them cannot be asked for. */
export function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const asset = { type, bytes: readFileSync(join(folder, name)) };
    assets.set(`/${name.replaceAll("\\", "/")}`, asset);
    if (name === "index.html") assets.set("/", asset);
  }
  return assets;
}

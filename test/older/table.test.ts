import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  olderShape,
  olderTaskSchema,
  selectionSchema,
  trackingSchema,
} from "../../src/config/older/schema.ts";
import { importConfiguration } from "../../src/index.ts";
import { shape, shapes } from "./load.ts";
import { root } from "../child.ts";

/** docs/older-files.md says of every older key what became of it, and of no other. */

const page = readFileSync(join(root, "docs", "older-files.md"), "utf8");
const rows = [...page.matchAll(/^\| (`.*?`) \| (.*) \|$/gmu)].map(([, cell = "", now = ""]) => ({
  keys: [...cell.matchAll(/`(\w+)`/gu)].map(([, key = ""]) => key),
  now,
}));

test("every older key has a row, and every row is of one", () => {
  const keys = [olderShape, selectionSchema.shape, olderTaskSchema.shape, trackingSchema.shape];
  const known = new Set(keys.flatMap((part) => Object.keys(part)));
  expect(rows.flatMap((row) => row.keys).toSorted()).toEqual([...known].toSorted());
});

test("what the table says of a key is what an import says", () => {
  const said = new Map(rows.flatMap(({ keys, now }) => keys.map((key) => [key, now] as const)));
  for (const name of shapes) {
    const imported = importConfiguration(shape(name));
    if (!("bytes" in imported)) throw new Error("it was not imported");
    for (const { path, now } of imported.keys) {
      const key = path.split(".").at(-1) ?? "";
      const row = said.get(key);
      const place = /(?:failover|routes|timeouts)\.\w+/u.exec(now ?? "")?.[0];
      // A task's own name, and what the providers say, have no row.
      if (row === undefined || place === undefined) continue;
      expect(row).toContain(place.startsWith("routes") ? "route" : place);
    }
  }
});

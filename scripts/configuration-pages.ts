import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { configurationPages } from "./configuration/pages.ts";

/**
 * `npm run configuration`: writes the JSON Schema that editors read and docs/configuration.md, both
 * from src/config/schema.ts. A test fails while they are not what this would write.
 */
const root = join(import.meta.dirname, "..");
for (const [path, text] of Object.entries(configurationPages())) {
  await writeFile(join(root, path), text);
  process.stdout.write(`${path}\n`);
}

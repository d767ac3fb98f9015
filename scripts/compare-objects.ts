import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brokenAnswers } from "./objects/answers.ts";
import { whenMended, whenNeverMended } from "./objects/ours.ts";
import type { Compared } from "./objects/table.ts";
import { tableOf } from "./objects/table.ts";
import { ofTheSdk } from "./objects/theirs.ts";

/**
 * `npm run compare:objects`: asks for one object through Standin and through the AI SDK, answers
 * both in every broken way, and writes what came of it into docs/objects.md. No key, no network.
 */
const rows: Compared[] = [];
for (const answer of brokenAnswers) {
  const mended = await whenMended(answer);
  const never = await whenNeverMended(answer);
  const sdk = await ofTheSdk(answer, false);
  rows.push({ answer, mended, never, sdk, sdkWithMiddleware: await ofTheSdk(answer, true) });
}
const table = tableOf(rows);
const page = join(import.meta.dirname, "..", "docs", "objects.md");
const text = await readFile(page, "utf8");
const place = /(<!-- compared -->\n)[\s\S]*?(\n<!-- \/compared -->)/u;
if (!place.test(text)) throw new Error(`${page} has no place for the table.`);
await writeFile(
  page,
  text.replace(place, (_, before: string, after: string) => before + table + after),
);
process.stdout.write(`${table}\n`);

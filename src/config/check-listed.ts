import type { Path } from "./document.ts";
import { nearest } from "./edits.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";
import { quote } from "./show.ts";

/** What is wrong with a list of providers' names; `known` are the names there are. */
export function checkListed(
  list: readonly string[],
  at: Path,
  known: readonly string[],
): readonly Finding[] {
  return list.flatMap((name, index) => {
    const path = [...at, index];
    if (!known.includes(name)) return [unknownProvider(name, path, known)];
    if (list.indexOf(name) === index) return [];
    return [warning(path, `${quote(name)} stands here a second time`, "take one of them out")];
  });
}

/** Says that there is no provider of this name, and which one may have been meant. */
export function unknownProvider(name: string, path: Path, known: readonly string[]): Finding {
  const meant = nearest(name, known);
  const list = known.map(quote).slice(0, 20).join(", ");
  const names = known.length === 0 ? "there is none that can be read" : `there are ${list}`;
  const hint = meant === undefined ? names : `did you mean ${quote(meant)}?`;
  return error(path, `there is no provider ${quote(name)}`, hint);
}

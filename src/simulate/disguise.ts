import type { ParseError } from "jsonc-parser";
import { applyEdits, modify, parseTree } from "jsonc-parser";

/** The header by which a simulated provider knows that a request is its own. */
export const markHeader = "x-standin-simulated";

/**
 * The configuration's text with a simulated key for every key, equal ones for equal texts, and
 * with a mark on each provider's requests; all the rest stays as it is. The text has no errors.
 */
export function disguise(text: string): string {
  const keys = new Map<string, string>();
  return providersIn(text).reduce((changed, { name, key }) => {
    const simulated = keys.get(key) ?? `sk-simulated-${keys.size + 1}`;
    keys.set(key, simulated);
    const keyed = write(changed, ["providers", name, "api_key"], simulated);
    const mark = Buffer.from(name, "utf8").toString("base64url");
    return write(keyed, ["providers", name, "headers", markHeader], mark);
  }, text);
}

/** The provider whose mark a request carries, or `null`. */
export function markedProvider(headers: Readonly<Record<string, string>>): string | null {
  const mark = headers[markHeader];
  return mark === undefined ? null : Buffer.from(mark, "base64url").toString("utf8");
}

/** The names of a configuration's providers, in the file's order. */
export function namesIn(text: string): readonly string[] {
  return providersIn(text).map(({ name }) => name);
}

function write(text: string, path: readonly string[], value: string): string {
  return applyEdits(text, modify(text, [...path], value, {}));
}

type Written = { readonly name: string; readonly key: string };

function providersIn(text: string): readonly Written[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const find = (node: typeof root, name: string) =>
    node?.children?.find((property) => property.children?.[0]?.value === name)?.children?.[1];
  return (find(root, "providers")?.children ?? []).map((property) => {
    const [name, value] = property.children ?? [];
    return { name: String(name?.value), key: String(find(value, "api_key")?.value).trim() };
  });
}

import { describeEndpoint, hostQuirks, knownModels, retirement } from "../providers/catalogue.ts";
import type { Vendor } from "../snapshot.ts";
import type { Path } from "./document.ts";
import { nearest } from "./edits.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import { quote } from "./show.ts";

/** Whose models are named how. */
const families: readonly (readonly [RegExp, maker: string])[] = [
  [/^(?:qwen|qwq|qvq)/u, "qwen"],
  [/^deepseek/u, "deepseek"],
  [/^(?:gpt-|chatgpt-|o\d(?:-|$))/u, "openai"],
  [/^claude-/u, "Anthropic"],
  [/^gemini-/u, "Google"],
];

/** The hosts that serve the models of these makers, and no others. */
const hosts: readonly (readonly [RegExp, vendor: Vendor, makers: readonly string[]])[] = [
  [/(?:^|\.)deepseek\.com$/u, "deepseek", ["deepseek"]],
  [/(?:^|\.)openai\.com$/u, "openai", ["openai"]],
  [/\.aliyuncs\.com$/u, "qwen", ["qwen", "deepseek"]],
];

/** Whether a model's name is of another vendor than the endpoint, or misspelt; else none. */
export function checkModelName(model: string, url: string, path: Path): readonly Finding[] {
  if (hostQuirks(url) === hostQuirks("")) return [];
  const { hostname } = new URL(url);
  const maker = families.find(([names]) => names.test(model))?.[1];
  const host = hosts.find(([name]) => name.test(hostname));
  if (host !== undefined && maker !== undefined && !host[2].includes(maker)) {
    const usual = knownModels(host[1])[0] ?? "";
    const message = `${quote(model)} is a model of ${maker}, and ${hostname} does not serve it`;
    return [
      warning(
        path,
        message,
        `write one of ${host[1]}'s, such as ${quote(usual)}, or mend api_endpoint`,
      ),
    ];
  }
  const { vendor } = describeEndpoint(url);
  const meant = misspelt(model, vendor);
  if (meant === undefined) return [];
  const message = `${quote(model)} is no model that is known of ${vendor}`;
  return [warning(path, message, `did you mean ${quote(meant)}?`)];
}

// Another digit is another model, which may well be there.
function misspelt(model: string, vendor: Vendor): string | undefined {
  const known = knownModels(vendor);
  if (known.includes(model) || retirement(vendor, model) !== null) return undefined;
  const digits = model.replace(/\D/gu, "");
  return nearest(
    model,
    known.filter((name) => name.replace(/\D/gu, "") === digits),
  );
}

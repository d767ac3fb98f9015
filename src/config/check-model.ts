import { modelFacts, retirement, vendorFacts } from "../providers/catalogue.ts";
import type { Thinking, Vendor } from "../snapshot.ts";
import type { Path } from "./document.ts";
import { checkModelName } from "./check-model-name.ts";
import type { NamedProvider } from "./config.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import { quote } from "./show.ts";

/** A thinking model needs about this many tokens before it says a word. */
const tokensToThink = 1_000;

/** What the catalogue has against a provider's model or against settings that concern it. */
export function checkModel(
  provider: NamedProvider,
  { url, vendor, thinking }: Pick<Endpoint, "url" | "vendor" | "thinking">,
  today: string | null,
): readonly Finding[] {
  const path = ["providers", provider.name];
  return [
    ...checkRetirement(provider, vendor, today, [...path, "model_name"]),
    ...checkModelName(provider.model_name, url, [...path, "model_name"]),
    ...checkThinking(provider, vendor, thinking, path),
    ...checkTemperature(provider, vendor, [...path, "temperature"]),
  ];
}

function checkRetirement(
  { model_name: model }: NamedProvider,
  vendor: Vendor,
  today: string | null,
  path: Path,
): readonly Finding[] {
  const retired = retirement(vendor, model);
  if (retired === null) return [];
  const { since, replacement } = retired;
  const message =
    today !== null && today < since
      ? `${quote(model)} retires soon: ${vendor} stops serving it on ${since}`
      : `${quote(model)} is retired: ${vendor} stopped serving it on ${since}`;
  return [warning(path, message, `write ${quote(replacement)}`)];
}

function checkThinking(
  { model_name: model, max_tokens: most, thinking: written }: NamedProvider,
  vendor: Vendor,
  thinking: Thinking,
  path: Path,
): readonly Finding[] {
  const facts = modelFacts(vendor, model);
  if (facts.thinking === null && written !== undefined && written !== "vendor") {
    const message = `has no effect: no switch is known for ${quote(model)}`;
    return [warning([...path, "thinking"], message, "take it out")];
  }
  const thinks = thinking === "on" || (thinking === "vendor" && facts.thinksByDefault);
  if (!thinks || most === null || most >= tokensToThink) return [];
  const message = `${most} tokens may be used up by the thoughts of ${quote(model)}`;
  const hint = `make max_tokens at least ${tokensToThink}, or null`;
  return [warning([...path, "max_tokens"], message, hint)];
}

function checkTemperature(
  { temperature }: NamedProvider,
  vendor: Vendor,
  path: Path,
): readonly Finding[] {
  const below = vendorFacts(vendor).temperatureBelow;
  if (below === null || temperature === null || temperature < below) return [];
  const message = `${temperature} is refused by ${vendor}, which takes less than ${below}`;
  return [warning(path, message, `make it less than ${below}`)];
}

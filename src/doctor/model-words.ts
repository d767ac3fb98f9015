import type { Finding, Words } from "./finding.ts";
import { fileKey, marks } from "./finding.ts";

const shownNames = 5;

/** What to say when a provider does not know the model. */
export function sayModel(finding: Finding): Words {
  const { provider, names } = finding;
  const key = fileKey(provider, "model_name");
  const { retired = null, nearest = null, all = [], listed = false } = names ?? {};
  const message = `The provider does not know the model ${provider.model}${marks(finding)}.`;
  const who = listed ? "the provider's own list" : "the names known here";
  if (retired !== null) {
    const since = `${provider.model} was retired on ${retired.since}`;
    return { message, advice: `Set ${key} to ${retired.replacement}: ${since}.` };
  }
  const some = all.slice(0, shownNames).join(", ");
  if (nearest !== null)
    return { message, advice: `Set ${key} to ${nearest}, the nearest in ${who}.` };
  return {
    message,
    advice:
      some === ""
        ? `Set ${key} to a name that the provider serves: its console lists them.`
        : `Set ${key} to a name in ${who}, such as ${some}.`,
  };
}

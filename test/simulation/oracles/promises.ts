import { consequences } from "../../../src/failure.ts";
import { LLMConfigurationError } from "../../../src/index.ts";
import type { Oracle, Told } from "../story.ts";
import { about } from "../story.ts";

/**
 * Where a provider was well throughout the share of a request's time that is kept for it, the
 * request succeeds; unless its caller left, its content began to come, or it was itself refused.
 */
export const theWellAnswer: Oracle = ({ told, steadyMs }) =>
  told.flatMap((one) => {
    const { answer, error, pinned, cancelAt } = one;
    if (one.phase !== "safety" || answer !== null || error === null) return [];
    if (pinned.narrow !== null) return [];
    if (cancelAt !== null || error.committed) return [];
    if (error.attempts.length >= pinned.maxAttempts || wasRefused(one)) return [];
    const shareMs = one.deadlineMs / pinned.entries.length;
    const well = pinned.entries.filter((entry) => {
      const needed = steadyMs(entry);
      return needed !== null && needed < Math.min(entry.timeoutMs, shareMs);
    });
    if (well.length === 0) return [];
    const names = well.map(({ name }) => name).join(", ");
    return about(one, `failed (${error.kind}), though ${names} was well`);
  });

function wasRefused({ error }: Told): boolean {
  const kinds = (error?.attempts ?? []).flatMap(({ failure }) => failure?.kind ?? []);
  return kinds.some((kind) => consequences[kind].elsewhere !== "yes");
}

/** After a core has healed, and after the time it may be left alone, each is answered at once. */
export const healingIsNoticed: Oracle = ({ told, healing, first }) => {
  const after = told.filter(({ phase }) => phase === "healed");
  const current = healing.currentAfterOne;
  return [
    ...(after.length === 0 ? ["nobody asked after the healing"] : []),
    ...(current === first ? [] : [`after one request ${current} is current, not ${first}`]),
    ...after.flatMap((one) => {
      const { answer, error } = one;
      if (answer === null) return about(one, `failed after the healing: ${error?.kind}`);
      const [attempt, ...more] = answer.attempts;
      const direct = attempt?.provider === first && more.length === 0;
      return direct ? [] : about(one, `was answered by ${answer.provider} after the healing`);
    }),
  ];
};

/** A good file is put in force, a bad one is refused as such and changes nothing. */
export const reloadsHold: Oracle = ({ reloads, events }) => {
  const applied = events.filter(({ type }) => type === "configuration-applied").length;
  const good = reloads.filter((one) => one.good).length;
  return [
    ...(applied === good + 1 ? [] : [`${applied} configurations after ${good} good reloads`]),
    ...reloads.flatMap(({ good: isGood, error }, index) => {
      if (isGood ? error === null : error instanceof LLMConfigurationError) return [];
      return [
        `reload ${index}: ${error === null ? "a bad file was taken" : "a good one was refused"}`,
      ];
    }),
  ];
};

import { sayDuration } from "./duration.ts";
import type { Settings } from "./story.ts";
import type { OutageCounts, Summary } from "./summary.ts";

// Answers of a well provider take a third of this at most.
const slowMs = 10_000;
const lower = "A lower timeout moves on sooner.";

/** What the numbers suggest, a sentence or two each; empty when there is nothing to better. */
export function adviseOn(
  summary: Summary,
  settings: Readonly<Record<string, Settings>>,
): readonly string[] {
  return [
    ...onStandIns(summary, settings),
    ...onLoss(summary),
    ...onSlowness(summary, settings),
    ...summary.outages.flatMap(onReturn),
  ];
}

function onStandIns(
  { providers, outages }: Summary,
  settings: Readonly<Record<string, Settings>>,
): readonly string[] {
  const inPlay = Object.keys(providers).filter((name) => settings[name]?.usable === true);
  const out = Object.keys(providers).filter((name) => !inPlay.includes(name));
  const unasked = inPlay.filter((name) => providers[name]?.calls === 0);
  const lost = Object.entries(providers).filter(([, one]) => one.calls > 0 && one.answers === 0);
  const [first = "the first"] = inPlay;
  return [
    ...(inPlay.length === 1 ? [`${first} is alone: nobody stands in. Add a second provider.`] : []),
    ...out.map((name) => `${name} takes no part: it is disabled, or has no key.`),
    ...lost.map(([name, { calls }]) => `${name} was asked ${calls} times and never answered.`),
    ...(unasked.length === 0 || outages.length > 0
      ? []
      : [`${list(unasked)} had nothing to do. Try --outage "${first}:down@60s+5m".`]),
  ];
}

function onLoss({ all, providers }: Summary): readonly string[] {
  const lost = all.requests - all.answered;
  if (lost === 0) return [];
  const kinds = all.failed;
  const limited = Object.values(providers).reduce(
    (sum, { failed }) => sum + (failed.rate_limited ?? 0),
    0,
  );
  const nobody = (kinds.unavailable ?? 0) + (kinds.deadline ?? 0);
  const rest = lost - nobody - all.brokenOff;
  return [
    ...(rest > 0
      ? [
          `${times(rest, "request")} failed at everybody who could be asked. ` +
            "Add a provider of another vendor.",
        ]
      : []),
    ...(nobody > 0
      ? [
          `${times(nobody, "request")} found nobody to ask. Add a provider of another vendor, or ` +
            'set failover.when_exhausted to "wait".',
        ]
      : []),
    ...(limited > 0
      ? [
          `${times(limited, "call")} met a rate limit. ` +
            "Another account or vendor carries more than another try.",
        ]
      : []),
    ...(all.brokenOff > 0
      ? [
          `${times(all.brokenOff, "stream")} broke off: what has begun cannot move to another ` +
            "provider. Where that matters, ask for whole answers.",
        ]
      : []),
  ];
}

function onSlowness(
  { providers, all, during }: Summary,
  settings: Readonly<Record<string, Settings>>,
): readonly string[] {
  const slow = (during ?? all).latencyMs?.p99 ?? 0;
  const timeouts = Object.entries(providers).flatMap(([name, { failed }]) => {
    const timeout = settings[name]?.timeoutSeconds ?? 0;
    if ((failed.timeout ?? 0) === 0 || slow < timeout * 1_000) return [];
    return [
      `${times(failed.timeout ?? 0, "call")} of ${name} ran into its timeout of ${timeout} s, ` +
        `and one answer in a hundred took ${sayDuration(slow)} or more. ${lower}`,
    ];
  });
  if (timeouts.length > 0 || slow < slowMs) return timeouts;
  return [
    `One answer in a hundred took ${sayDuration(slow)} or more: ` +
      `who is slow within the timeout is waited for. ${lower}`,
  ];
}

function onReturn({ provider, backAfterMs, endMs }: OutageCounts): readonly string[] {
  if (endMs === null || (backAfterMs !== null && backAfterMs < 60_000)) return [];
  const late =
    backAfterMs === null
      ? `${provider} was well again at the end, and was not yet back`
      : `${provider} was back only ${sayDuration(backAfterMs)} after it was well`;
  return [
    `${late}: each failed probe doubles the time it is left alone. A lower ` +
      "failover.circuit_breaker.open_max, such as 60, returns sooner.",
  ];
}

function times(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

import { sayDuration } from "./duration.ts";
import { plain } from "./paint.ts";
import type { OutageCounts, Summary } from "./summary.ts";

const deeds: Readonly<Record<string, string>> = {
  down: "was down",
  "429": "limited the rate",
  "500": "answered with errors",
  "503": "was overloaded",
  "401": "refused the key",
  "402": "was out of credit",
  slow: "was slow",
  silent: "was silent",
  cut: "broke off its answers",
  flaky: "was flaky",
  empty: "gave empty answers",
};

/** The story in a sentence or two. */
export function headline({ all, outages }: Summary): string {
  const { requests, answered } = all;
  const whole = answered === requests;
  const count = requests.toLocaleString("en");
  const share = requests === 0 ? 100 : Math.floor((10_000 * answered) / requests) / 100;
  const what = whole
    ? `All ${count} requests were answered`
    : `${answered.toLocaleString("en")} of ${count} requests were answered (${share} %)`;
  if (outages.length === 0) return `${what}; nothing went wrong.`;
  if (outages.length > 2) return `${what}, through ${outages.length} outages.`;
  const deed = outages.map(sayOutage).join(" and ");
  const rest = outages.map((one) => sayLeaving(one, outages.length > 1)).join(" ");
  return `${what}, ${whole ? "although" : "while"} ${deed}. ${rest}`;
}

function sayOutage({ provider, fault, startMs, endMs }: OutageCounts): string {
  const long = endMs === null ? "to the end" : `for ${sayDuration(endMs - startMs)}`;
  return `${plain(provider)} ${deeds[fault] ?? fault} ${long}`;
}

function sayLeaving(outage: OutageCounts, several: boolean): string {
  const { provider, leftAfterMs, backAfterMs, endMs, wasted } = outage;
  const who = several ? plain(provider) : "It";
  const cost = wasted === 1 ? "1 call" : `${wasted} calls`;
  if (leftAfterMs === null) {
    const lost = wasted === 0 ? "" : `; ${cost} there gave no answer`;
    return `${who} was never left${lost}.`;
  }
  const left = `${who} was left after ${sayDuration(leftAfterMs)}`;
  if (endMs === null) return `${left}, and ${cost} were lost on it in all.`;
  const back =
    backAfterMs === null
      ? "was not returned to"
      : `gave an answer again ${sayDuration(backAfterMs)} after it was well`;
  return `${left}, ${back}, and cost ${cost}.`;
}

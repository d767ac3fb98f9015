import type { Lab } from "../../../src/lab/index.ts";

/** One version of the file: its mark stands in several places of every request made by it. */
export type Version = {
  readonly mark: number;
  readonly text: string;
  /** What its refusal says; `null`: it can be used. */
  readonly refusal: RegExp | null;
};

/** The first mark; marks are `max_tokens`, which have to be large enough for the answer. */
export const firstMark = 1_000;

/** Every version differs from the last: order, providers, settings; a sixth of them is broken. */
export function versionOf(lab: Lab, mark: number): Version {
  const good = goodText(lab, mark);
  const edit = mark - firstMark;
  if (edit % 6 !== 3) return { mark, text: good, refusal: null };
  const [text, refusal] = broken(good, mark, Math.floor(edit / 6));
  return { mark, text, refusal };
}

function goodText(lab: Lab, mark: number): string {
  const { providers } = lab.configuration("first", "second", "third");
  // The third comes and goes, the first two change places; whoever fails has somebody after it.
  const names = [
    ...(mark % 4 < 2 ? ["first", "second"] : ["second", "first"]),
    ...(mark % 3 === 1 ? [] : ["third"]),
  ];
  const entries = names.map((name) => {
    const marked = { max_tokens: mark, headers: { "x-mark": String(mark) }, retry_attempts: 2 };
    return [name, { ...providers[name], ...marked }] as const;
  });
  // No breaker is to open: whoever fails is asked all the time.
  const circuit_breaker = { failures: 1_000, failure_rate: 1, min_samples: 1_000 };
  const failover = { backoff: { base: 0.01, jitter: 0 }, circuit_breaker };
  return `${JSON.stringify({ providers: Object.fromEntries(entries), failover }, null, 2)}\n`;
}

function broken(good: string, mark: number, kind: number): readonly [string, RegExp] {
  const setting = new RegExp(`"max_tokens": ${mark}`, "gu");
  switch (kind % 5) {
    case 0:
      return [`${good.slice(0, -3)} "cut_${mark}": `, /not JSON/u];
    case 1:
      return [good.replace(setting, `"max_tokens": -${mark}`), new RegExp(`found -${mark}`, "u")];
    case 2:
      return [good.replace(setting, `"max_tokens": "${mark}"`), new RegExp(`"${mark}"`, "u")];
    case 3:
      return [`{ "providers": {}, "_mark": ${mark} }`, /provider/u];
    default: {
      const missing = `"api_key": "env:STANDIN_SOAK_${mark}", "_key"`;
      return [good.replaceAll('"api_key"', missing), new RegExp(`STANDIN_SOAK_${mark}`, "u")];
    }
  }
}

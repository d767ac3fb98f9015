/** The tokens of the last minute, second by second, oldest first; estimates until settled. */
export type TokenWindow = readonly { readonly second: number; readonly tokens: number }[];

const windowSeconds = 60;

/** When a request of about so many tokens fits under the limit of a minute. */
export function tokensReadyAt(
  window: TokenWindow,
  perMinute: number,
  tokens: number,
  now: number,
): number {
  const present = secondOf(now);
  const recent = window.filter(({ second }) => second > present - windowSeconds);
  let used = recent.reduce((sum, entry) => sum + entry.tokens, 0);
  // One request larger than the limit waits for an empty minute, and goes.
  if (used === 0 || used + tokens <= perMinute) return now;
  for (const entry of recent) {
    used -= entry.tokens;
    if (used <= 0 || used + tokens <= perMinute) return (entry.second + windowSeconds) * 1_000;
  }
  return now;
}

/** The window after tokens were reserved, or settled (then they may be fewer: negative). */
export function withTokens(
  window: TokenWindow,
  at: number,
  tokens: number,
  now: number,
): TokenWindow {
  if (tokens === 0) return window;
  const second = secondOf(at);
  const recent = window.filter((entry) => entry.second > secondOf(now) - windowSeconds);
  const known = recent.some((entry) => entry.second === second);
  if (known) {
    return recent.map((entry) =>
      entry.second === second ? { second, tokens: Math.max(0, entry.tokens + tokens) } : entry,
    );
  }
  // What was reserved longer ago than the window has expired.
  if (tokens < 0 || second <= secondOf(now) - windowSeconds) return recent;
  return [...recent, { second, tokens }].toSorted((a, b) => a.second - b.second);
}

function secondOf(at: number): number {
  return Math.floor(at / 1_000);
}

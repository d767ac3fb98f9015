/** Requests spread over a minute: a vendor that says 600 a minute means 10 a second. */
export type Rate = {
  /** When the next request would come if all were evenly spread; epoch milliseconds. */
  readonly due: number;
};

/** A rate nobody has used. */
export const unusedRate: Rate = { due: 0 };

const minuteMs = 60_000;

/** When `ahead` requests more may be followed by another. */
export function rateReadyAt(rate: Rate, perMinute: number, ahead: number): number {
  return rate.due + (ahead - burstOf(perMinute) + 1) * intervalOf(perMinute);
}

/** The rate after a request at a moment. */
export function withRequest(rate: Rate, perMinute: number, at: number): Rate {
  return { due: Math.max(rate.due, at) + intervalOf(perMinute) };
}

// With what comes at once no minute has more than the limit.
function intervalOf(perMinute: number): number {
  return minuteMs / (perMinute - burstOf(perMinute) + 1);
}

// What a second allows may come at once.
function burstOf(perMinute: number): number {
  return Math.max(1, Math.floor(perMinute / 60));
}

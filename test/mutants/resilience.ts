import type { Mutant } from "./mutant.ts";

/** Faults planted in what all requests learn together. */
export const resilienceMutants: readonly Mutant[] = [
  {
    name: "the window forgets a tenth too early",
    file: "resilience/window.ts",
    text: "const oldest = slotOf(now, spanMs) - bucketCount;",
    replacement: "const oldest = slotOf(now, spanMs) - bucketCount + 1;",
  },
  {
    name: "the window never forgets",
    file: "resilience/window.ts",
    text: "if (bucket.slot <= oldest) continue;",
    replacement: "if (bucket.slot <= oldest - 1e9) continue;",
  },
  {
    name: "the breaker opens one failure late",
    file: "resilience/breaker.ts",
    text: "if (run >= policy.failures) return true;",
    replacement: "if (run > policy.failures) return true;",
  },
  {
    name: "the breaker never opens",
    file: "resilience/breaker.ts",
    text: "if (bad && trips(run, window, at, policy)) return",
    replacement: "if (run < 0 && trips(run, window, at, policy)) return",
  },
  {
    name: "the breaker asks for one sample more",
    file: "resilience/breaker.ts",
    text: "good + bad >= policy.minSamples",
    replacement: "good + bad > policy.minSamples",
  },
  {
    name: "an open breaker does not take note of its probe",
    file: "resilience/breaker.ts",
    text: "return { ...breaker, probe: attempt };",
    replacement: "return breaker;",
  },
  {
    name: "a probe that proves nothing keeps its place",
    file: "resilience/breaker.ts",
    text: 'if (outcome === "nothing") return { ...breaker, probe: null };',
    replacement: 'if (outcome === "nothing") return breaker;',
  },
  {
    name: "a straggler's success closes an open breaker",
    file: "resilience/breaker.ts",
    text: "if (breaker.probe !== attempt) return breaker;\n    if (outcome",
    replacement:
      'if (breaker.probe !== attempt && outcome !== "good") return breaker;\n    if (outcome',
  },
  {
    name: "a failed probe does not open it for longer",
    file: "resilience/breaker.ts",
    text: "policy.openMs * 2 ** opened)",
    replacement: "policy.openMs)",
  },
  {
    name: "the commit of a probe forgives everything",
    file: "resilience/breaker.ts",
    text: "run: policy.failures - 1, window: emptyWindow, opened }",
    replacement: "run: 0, window: emptyWindow, opened: 0 }",
  },
  {
    name: "an aborted attempt counts as a failure",
    file: "resilience/breaker.ts",
    text: 'const blamed = consequences[failure.kind].coolDown.by === "breaker";',
    replacement:
      'const blamed = consequences[failure.kind].coolDown.by === "breaker" || failure.kind === "aborted";',
  },
  {
    name: "a timeout cut short by the caller counts as a failure",
    file: "resilience/breaker.ts",
    text: "failure.shortened === true || failure.repair === true;",
    replacement: "failure.repair === true;",
  },
  {
    name: "a cool-down of its own counts against the breaker",
    file: "resilience/breaker.ts",
    text: 'const blamed = consequences[failure.kind].coolDown.by === "breaker";',
    replacement: 'const blamed = consequences[failure.kind].coolDown.by !== "nothing";',
  },
  {
    name: "a reload forgets every cool-down",
    file: "resilience/health.ts",
    text: "identities.has(key) && !(event.fresh && concernsIdentity(failure));",
    replacement: "identities.has(key) && !event.fresh && !concernsIdentity(failure);",
  },
  {
    name: "a changed key keeps the breaker of the old one",
    file: "resilience/health.ts",
    text: "seen.madeOf === null || seen.madeOf === made",
    replacement: "seen.madeOf !== undefined",
  },
  {
    name: "the budget is not charged",
    file: "resilience/budget.ts",
    text: "balance: balanceAt(budget, now, policy) - 1,",
    replacement: "balance: balanceAt(budget, now, policy),",
  },
  {
    name: "a later stated time shortens an earlier one",
    file: "resilience/cooldown.ts",
    text: "if (until <= old.until) return false;",
    replacement: "if (until === old.until) return false;",
  },
  {
    name: "a guess moves a stated time",
    file: "resilience/cooldown.ts",
    text: 'return stated || old.provenance === "guessed" || strike.startedAt >= old.until;',
    replacement: "return true;",
  },
  {
    name: "a stated time is cut in half",
    file: "resilience/cooldown.ts",
    text: "const until = stated ? at + failure.retryAfterMs :",
    replacement: "const until = stated ? at + (failure.retryAfterMs ?? 0) / 2 :",
  },
  {
    name: "a guess never grows to its full length",
    file: "resilience/cooldown.ts",
    text: "return until > old.until ? { ...old, until } : old;",
    replacement: "return old;",
  },
  {
    name: "a failed probe of a cool-down does not double it",
    file: "resilience/cooldown.ts",
    text: "coolDown.ms * 2 ** failedProbes",
    replacement: "coolDown.ms",
  },
  {
    name: "a cool-down's probe keeps its place after it ended",
    file: "resilience/scopes.ts",
    text: "return coolDown.probe === probe ? { ...coolDown, probe: null } : coolDown;",
    replacement: "return coolDown;",
  },
  {
    name: "any success clears a cool-down, however early it began",
    file: "resilience/scopes.ts",
    text: "if (failure === null && startedAt >= coolDown.until) return undefined;",
    replacement: "if (failure === null) return undefined;",
  },
  {
    name: "an account's failure cools the whole endpoint",
    file: "resilience/scopes.ts",
    text: "return failure.scope ?? consequences[failure.kind].scope;",
    replacement: 'return consequences[failure.kind].scope === null ? null : ("endpoint" as const);',
  },
  {
    name: "half open, everybody is let in",
    file: "resilience/readiness.ts",
    text: "if (!probed && breaker.until <= now) return ready;",
    replacement: "if (breaker.until <= now) return ready;",
  },
  {
    name: "a cool-down's probe is not alone",
    file: "resilience/readiness.ts",
    text: 'coolDown.probe !== null && found.state === "ready"',
    replacement: 'coolDown.probe === "" && found.state === "ready"',
  },
  {
    name: "the backoff is not applied",
    file: "resilience/backoff.ts",
    text: "return Math.min(backoff.maxMs, grown + backoff.jitterMs * chance);",
    replacement: "return Math.min(0, grown + backoff.jitterMs * chance);",
  },
  {
    name: "the backoff does not grow",
    file: "resilience/backoff.ts",
    text: "backoff.factor ** (failures - 1)",
    replacement: "backoff.factor ** 0",
  },
];

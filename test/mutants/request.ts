import type { Mutant } from "./mutant.ts";

/** Faults planted in the life of one request. */
export const requestMutants: readonly Mutant[] = [
  {
    name: "one attempt more than the request's cap",
    file: "request/tries.ts",
    text: "if (attempts < policy.maxAttempts) return false;",
    replacement: "if (attempts <= policy.maxAttempts) return false;",
  },
  {
    name: "the deadline stops nobody",
    file: "request/next-step.ts",
    text: "if (now >= progress.deadlineAt) return",
    replacement: "if (now >= progress.deadlineAt * 2) return",
  },
  {
    name: "an early probe of an open breaker is preferred to the living",
    file: "request/next-step.ts",
    text: "attemptStep(progress, candidates, now) ??",
    replacement:
      "lastResort(progress, candidates, now) ?? attemptStep(progress, candidates, now) ??",
  },
  {
    name: "an open breaker is never probed early",
    file: "request/when-exhausted.ts",
    text: "return lastResort(progress, candidates, now) ?? timed ??",
    replacement: "return timed ??",
  },
  {
    name: "a wait becomes an attempt: its moment is not waited for",
    file: "request/step.ts",
    text: "if (readyAt > now) return",
    replacement: "if (readyAt > now + 1e12) return",
  },
  {
    name: "one try more than a provider's own cap",
    file: "request/tries.ts",
    text: "let left = provider.retryAttempts - counted.length;",
    replacement: "let left = provider.retryAttempts + 1 - counted.length;",
  },
  {
    name: "one try more than a kind allows",
    file: "request/tries.ts",
    text: "consequences[kind].furtherTries + 1 - count",
    replacement: "consequences[kind].furtherTries + 2 - count",
  },
  {
    name: "a refused request goes to a twin of who refused it",
    file: "request/tries.ts",
    text: "return candidate.vendor !== failed.vendor || candidate.model !== failed.model;",
    replacement: "return true;",
  },
  {
    name: "no time is kept for the untried",
    file: "request/time.ts",
    text: "(sum, provider) => sum + Math.min(attemptMs(progress, provider), progress.shareMs),",
    replacement: "(sum) => sum,",
  },
  {
    name: "an attempt may outlive the request's deadline",
    file: "request/time.ts",
    text: "return Math.min(attemptMs(progress, provider), fair);",
    replacement: "return attemptMs(progress, provider);",
  },
  {
    name: "the stated wait is ignored",
    file: "request/after-failure.ts",
    text: "(failure.retryAfterMs ?? pause())",
    replacement: "pause()",
  },
  {
    name: "repeats are not told as such",
    file: "request/turn.ts",
    text: "const repeat = progress.tries.has(name);",
    replacement: "const repeat = progress.tries.size > 99;",
  },
  {
    name: "the limit of the connection is the provider's own, whatever is left",
    file: "request/turn.ts",
    text: "const connectMs = Math.min(timeouts.connectMs, limitMs);",
    replacement: "const connectMs = 600_000;",
  },
  {
    name: "what was cut short is not told as such",
    file: "request/attempt.ts",
    text: "timeoutFailure(call.provider.name, cut, isShortened(call, cut))",
    replacement: "timeoutFailure(call.provider.name, cut, false)",
  },
  {
    name: "the end of the body is the end of the answer",
    file: "request/attempt.ts",
    text: "return end === undefined ? unfinishedFailure : end;",
    replacement: "return end === undefined ? null : end;",
  },
  {
    name: "the attempt's timers are left",
    file: "request/attempt.ts",
    text: "watchdog.stop(failure !== null);",
    replacement: "if (failure !== null) watchdog.stop(true);",
  },
  {
    name: "a failed attempt's connection is left open",
    file: "request/attempt.ts",
    text: "watchdog.stop(failure !== null);",
    replacement: "watchdog.stop(false);",
  },
  {
    name: "committed before there is content",
    file: "request/delivery.ts",
    text: "if (firstContentMs === null) return [];",
    replacement: "firstContentMs ??= clock.now() - startedAt;",
  },
  {
    name: "content is not content: the first-content timer runs on",
    file: "request/watchdog.ts",
    text: 'if (!committed) disarm("first_content");',
    replacement: "",
  },
  {
    name: "silence amid a stream is not noticed",
    file: "request/watchdog.ts",
    text: "if (cancel === null) arm(limitMs, limitMs);",
    replacement: "",
  },
  {
    name: "the caller's leaving is not heard",
    file: "request/watchdog.ts",
    text: 'else caller?.addEventListener("abort", onAbort, { once: true });',
    replacement: "",
  },
  {
    name: "after a failed stream another provider goes on",
    file: "request/run.ts",
    text: "return result.committed ? new LLMProviderError(failure, { attempts, partial: content }) : null;",
    replacement: "return null;",
  },
  {
    name: "a decision lives through a wait",
    file: "request/run.ts",
    text: "waitedMs += clock.now() - now;\n        continue;",
    replacement:
      'waitedMs += clock.now() - now;\n        const late = { do: "attempt", provider: step.provider, limitMs: 5_000 } as const;\n        const hasty = await takeTurn(call, world, progress, late, { waitedMs, intentions });\n        attempts.push(hasty.report);\n        const over = endOf(call, world, hasty, attempts);\n        if (over !== null) return over;\n        ({ progress } = hasty);\n        continue;',
  },
  {
    name: "who leaves does not say so",
    file: "request/run.ts",
    text: "intentions.abandonAll(clock.now());",
    replacement: "",
  },
  {
    name: "the timer of a wait is left",
    file: "request/wait.ts",
    text: "    cancelTimer();\n",
    replacement: "",
  },
  {
    name: "a wait does not hear the caller leave",
    file: "request/wait.ts",
    text: 'signal?.addEventListener("abort", wakeUp, { once: true });',
    replacement: "",
  },
  {
    name: "a listener is left on the caller's signal",
    file: "request/in-flight.ts",
    text: 'if (caller instanceof AbortSignal) caller.removeEventListener("abort", onAbort);',
    replacement: "",
  },
  {
    name: "a provider in its own backoff is taken for ready",
    file: "request/candidate.ts",
    text: "const own = ownReadyAt(progress, provider);",
    replacement: "const own = Math.min(now, ownReadyAt(progress, provider));",
  },
  {
    name: "a full provider is taken for one with room",
    file: "request/candidate.ts",
    text: "if (room.at === null) return { ...full, readyAt: Infinity };",
    replacement:
      'if (room.at === null) return { ...full, readyAt: Math.max(own, now), behind: "nothing" };',
  },
  {
    name: "one switch more than a request may make",
    file: "request/switches.ts",
    text: "switches >= maxSwitches",
    replacement: "switches > maxSwitches",
  },
  {
    name: "a switch is not counted",
    file: "request/progress.ts",
    text: "switches: switchesAt(progress, provider),",
    replacement: "switches: progress.switches,",
  },
  {
    name: "a switch leads on after a failure although only a timeout may",
    file: "request/switches.ts",
    text: 'if (cause === "failure" && !switchOnFailure)',
    replacement: "if (switchOnFailure && !switchOnFailure)",
  },
  {
    name: "a route's own limit is not asked",
    file: "request/next-step.ts",
    text: "(routeStep(progress, step, health, now) ?? step)",
    replacement: "step",
  },
  {
    name: "a switch past who is known to be out of use needs no reason",
    file: "request/switches.ts",
    text: "({ cause } = candidate);",
    replacement: "cause = null;",
  },
  {
    name: "the budget is not asked",
    file: "request/candidate.ts",
    text: ">= 1;",
    replacement: ">= -1e9;",
  },
];

import type { Failure } from "../failure.ts";
import type { Clock, Transport } from "../ports.ts";
import { codecFor } from "../providers/codecs.ts";
import { readErrorBody } from "../providers/error-body.ts";
import { scrub } from "../providers/scrub.ts";
import type { AttemptResult } from "../request/attempt.ts";
import { attempt } from "../request/attempt.ts";
import type { Sink } from "../request/delivery.ts";
import { maskOf } from "../request/mask.ts";
import type { FailureRule, Provider } from "../snapshot.ts";
import { causeOf } from "./cause.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { conclude } from "./conclude.ts";
import { limitsOf } from "./limits.ts";
import type { Names } from "./model-names.ts";
import { findNames } from "./model-names.ts";
import type { Probe } from "./probe.ts";
import { probeOf } from "./probe.ts";
import type { Sighting, Witness } from "./witness.ts";
import { createWitness } from "./witness.ts";

/** What an examination is made with. */
export type Practice = {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly rules: readonly FailureRule[];
  /** In place of every provider's own limits, in milliseconds; `null`: they hold. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
};

/** One real exchange with one provider, and what it told. Never rejects. */
export async function examine(provider: Provider, practice: Practice): Promise<Diagnosis> {
  const { clock } = practice;
  const probe = probeOf(provider);
  const witness = createWitness(practice.transport, clock);
  const { result, enough } = await ask(probe, witness, practice);
  const wholeMs = clock.now() - result.startedAt;
  const sighting = witness.seen();
  const failure = enough ? null : seriousFailure(result, sighting);
  const isUnknown = failure !== null && causeOf({ failure, sighting, provider }) === "model";
  const names = isUnknown ? await namesOf(probe, practice) : null;
  const { limitMs } = limitsOf(provider, practice.timeoutMs);
  const said = failure === null ? "" : wordsOf(failure, sighting, provider);
  const facts = { provider, result, sighting, limitMs, wholeMs, said, names, notes: probe.notes };
  return conclude({ ...facts, failure });
}

type Asked = { readonly result: AttemptResult; readonly enough: boolean };

async function ask(probe: Probe, witness: Witness, practice: Practice): Promise<Asked> {
  const { provider, request, hangUp } = probe;
  const { stream, limits } = limitsOf(provider, practice.timeoutMs, hangUp);
  const enough = new AbortController();
  const sink: Sink = { push: (deltas) => void (deltas.length > 0 && enough.abort()) };
  const result = await attempt(
    {
      request,
      provider,
      codec: codecFor(provider.protocol),
      limits,
      shortened: false,
      rules: practice.rules,
      signal: AbortSignal.any([practice.signal, enough.signal]),
      sink: stream ? sink : null,
      onCommit: () => {},
    },
    witness.transport,
    practice.clock,
  );
  return { result, enough: enough.signal.aborted };
}

/** Why an exchange was no success; an answer of one token has every right to be cut short. */
function seriousFailure({ failure, content }: AttemptResult, { body }: Sighting): Failure | null {
  if (failure === null) return null;
  if (failure.kind === "malformed" && content.finishReason === "length") return null;
  // OpenAI's thinking models say so where the one token was used up by thought.
  const usedUp = /max_tokens or model output limit was reached/i;
  return failure.kind === "bad_request" && usedUp.test(body) ? null : failure;
}

async function namesOf({ provider, request }: Probe, practice: Practice): Promise<Names | null> {
  const encoded = codecFor(provider.protocol).encode(request, provider, false);
  if ("kind" in encoded) return null;
  return findNames(provider, { ...practice, headers: encoded.headers });
}

// A refusal of a key can quote a part of the key.
function wordsOf(failure: Failure, { body, status }: Sighting, provider: Provider): string {
  if (failure.kind === "auth" || status === null) return "";
  const { form, message } = readErrorBody(body);
  return form === "html" ? "" : maskOf(provider).text(scrub(message, 200));
}

import type { AttemptEvent, ConfigurationEvent, ProviderEvent } from "../event.ts";
import type { FailureKind } from "../failure.ts";
import type { Journal } from "../journal.ts";
import { isFormer } from "../resilience/former.ts";
import type { CoolDowns } from "../resilience/scopes.ts";
import type { Provider } from "../snapshot.ts";

type Step = Extract<AttemptEvent, { readonly type: "attempt-commit" | "attempt-end" }>;

// What somebody has to mend: waiting alone will not.
const loud: ReadonlySet<FailureKind> = new Set(["auth", "quota", "model_not_found"]);

/** Emits an event of an attempt, and after it what has newly become unwell or well by it. */
export function emitWithHealth(journal: Journal, event: Step): void {
  const before = journal.health().coolDowns;
  journal.emit(event);
  const { coolDowns: after, providers } = journal.health();
  // Of a key that was changed since nobody has to hear.
  if (before === after || isFormer(providers.get(event.provider), event)) return;
  for (const change of changesOf(event, before, after)) journal.emit(change);
}

function changesOf(event: Step, before: CoolDowns, after: CoolDowns): readonly ProviderEvent[] {
  const { at, request, provider, identity } = event;
  const about = { at, request, provider };
  // One thing may go by several names.
  return [...new Set(Object.values(identity))].flatMap((key): readonly ProviderEvent[] => {
    const was = before.get(key);
    const is = after.get(key);
    if (was !== undefined && is === undefined && loud.has(was.failure.kind)) {
      return [{ type: "provider-well", kind: was.failure.kind, ...about }];
    }
    if (is === undefined || !loud.has(is.failure.kind)) return [];
    if (was?.failure.kind === is.failure.kind) return [];
    const { failure, until } = is;
    const { kind, message } = failure;
    return [{ type: "provider-unwell", kind, message, until, ...about }];
  });
}

/** Emits a new configuration, and after it whose trouble it has ended. */
export function emitConfiguration(
  journal: Journal,
  event: Extract<ConfigurationEvent, { readonly type: "configuration-applied" }>,
  was: readonly Provider[],
): void {
  const before = journal.health().coolDowns;
  journal.emit(event);
  const after = journal.health().coolDowns;
  if (before === after) return;
  const named = new Map(event.providers.map(({ name, identity }) => [name, identity]));
  for (const { name, identity } of was) {
    const now = named.get(name);
    const kind = now === undefined ? undefined : loudIn(before, identity);
    if (now === undefined || kind === undefined || loudIn(after, now) !== undefined) continue;
    journal.emit({ type: "provider-well", at: event.at, request: null, provider: name, kind });
  }
}

function loudIn(coolDowns: CoolDowns, identity: Provider["identity"]): FailureKind | undefined {
  const kinds = Object.values(identity).map((key) => coolDowns.get(key)?.failure.kind);
  return kinds.find((kind) => kind !== undefined && loud.has(kind));
}

import type { Event } from "./event.ts";
import type { Clock } from "./ports.ts";
import type { Health } from "./resilience/health.ts";
import { emptyHealth, learn } from "./resilience/health.ts";

/** Reads events. It may not change anything; what it throws is counted and goes no further. */
export type Observer = (event: Event) => void;

/** How many events wait for observers at most; beyond that the newest are dropped and counted. */
export const observerQueueMax = 10_000;

/** Events go in, health comes out, observers are told after the tick. */
export type Journal = {
  /** Learns from an event at once, and tells the observers later. */
  emit(event: Event): void;
  health(): Health;
  /** The returned function ends it. `first` are events told to this observer alone, at once. */
  subscribe(observer: Observer, first?: readonly Event[]): () => void;
  /** Resolves at the next event that may have freed a place. */
  changed(): { readonly promise: Promise<void>; cancel(): void };
  hasObservers(): boolean;
  /** What observers missed or threw. */
  trouble(): { readonly dropped: number; readonly thrown: number };
};

type Listener = {
  readonly tell: Observer;
  /** How many events had happened before it came: those are not its own. */
  readonly after: number;
};

type Entry = { readonly event: Event; readonly number: number; readonly only: Listener | null };

/** A journal that has seen nothing. */
export function createJournal(clock: Clock): Journal {
  let health = emptyHealth;
  let dropped = 0;
  let thrown = 0;
  let emitted = 0;
  let queue: Entry[] = [];
  const observers = new Set<Listener>();
  const waiters = new Set<() => void>();

  const count = () => void (thrown += 1);

  function tell(observer: Observer, event: Event): void {
    try {
      // A type of `void` takes an async function as well; what that throws comes later.
      const told: unknown = observer(event);
      if (told instanceof Promise) told.catch(count);
    } catch {
      count();
    }
  }

  function drain(): void {
    const entries = queue;
    queue = [];
    for (const { event, number, only } of entries) {
      for (const observer of observers) {
        const meant = only === null ? number > observer.after : observer === only;
        if (meant) tell(observer.tell, event);
      }
    }
  }

  function enqueue(event: Event): void {
    if (observers.size === 0) return;
    if (queue.length >= observerQueueMax) {
      dropped += 1;
      return;
    }
    push({ event, number: emitted, only: null });
  }

  function push(entry: Entry): void {
    queue.push(entry);
    if (queue.length === 1) clock.defer(drain);
  }

  function wake(): void {
    if (waiters.size === 0) return;
    const woken = [...waiters];
    waiters.clear();
    for (const resolve of woken) resolve();
  }

  return {
    emit(event) {
      health = learn(health, event);
      emitted += 1;
      enqueue(event);
      if (freesAPlace(event)) wake();
    },
    health: () => health,
    subscribe(observer, first = []) {
      const listener = { tell: observer, after: emitted };
      observers.add(listener);
      for (const event of first) push({ event, number: emitted, only: listener });
      return () => void observers.delete(listener);
    },
    changed() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiters.add(resolve);
      return { promise, cancel: () => void waiters.delete(resolve) };
    },
    hasObservers: () => observers.size > 0,
    trouble: () => ({ dropped, thrown }),
  };
}

function freesAPlace({ type }: Event): boolean {
  return type === "attempt-end" || type === "attempt-commit" || type === "configuration-applied";
}

import type { Clock } from "../ports.ts";

type Timer = {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  over: boolean;
};

/** Time that advances only when nothing more can happen at the present moment. */
export type VirtualClock = Clock & {
  /** Lives on until nothing is left to happen; resolves at the end of time. */
  live(): Promise<void>;
  /** Timers set and not yet over. */
  pending(): number;
};

/** A virtual clock that begins at a moment, in epoch milliseconds. */
export function createVirtualClock(start = Date.UTC(2026, 10, 22)): VirtualClock {
  let now = start;
  let orders = 0;
  let set = 0;
  const heap: Timer[] = [];

  function setTimer(delayMs: number, task: () => void): () => void {
    orders += 1;
    set += 1;
    const timer: Timer = { at: now + Math.max(0, delayMs), order: orders, task, over: false };
    push(heap, timer);
    return () => end(timer);
  }

  function end(timer: Timer): void {
    if (!timer.over) set -= 1;
    timer.over = true;
  }

  // Cancelled timers stay in the heap until their turn, and are passed over.
  function next(): Timer | undefined {
    let timer = pop(heap);
    while (timer?.over === true) timer = pop(heap);
    return timer;
  }

  return {
    now: () => now,
    setTimer,
    defer: (task) => void setTimer(0, task),
    pending: () => set,
    async live() {
      for (;;) {
        // A turn of the real event loop runs every microtask there is.
        await new Promise((resolve) => setImmediate(resolve));
        const timer = next();
        if (timer === undefined) return;
        end(timer);
        now = Math.max(now, timer.at);
        timer.task();
      }
    },
  };
}

function earlier(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Timer[], timer: Timer): void {
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !earlier(timer, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = timer;
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) break;
    const rightIsEarlier = other !== undefined && earlier(other, one);
    const child = rightIsEarlier ? other : one;
    if (!earlier(child, last)) break;
    heap[at] = child;
    at = rightIsEarlier ? left + 1 : left;
  }
  heap[at] = last;
  return first;
}

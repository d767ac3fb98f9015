import { expect, test } from "vitest";
import { createManualClock } from "../test/manual-clock.ts";
import type { Event } from "./event.ts";
import { createJournal, observerQueueMax } from "./journal.ts";

const event = (at: number): Event => {
  const about = { request: "r", provider: "p", message: "m" };
  return { type: "request-warning", at, ...about };
};

test("observers are told after the tick, in order, and may leave", () => {
  const clock = createManualClock();
  const journal = createJournal(clock);
  const seen: number[] = [];
  const leave = journal.subscribe(({ at }) => void seen.push(at));
  journal.emit(event(1));
  journal.emit(event(2));
  expect(seen).toEqual([]);
  clock.advance(0);
  expect(seen).toEqual([1, 2]);
  leave();
  journal.emit(event(3));
  clock.advance(0);
  expect(seen).toEqual([1, 2]);
});

test("what an observer throws is counted and stops nobody", () => {
  const clock = createManualClock();
  const journal = createJournal(clock);
  const seen: number[] = [];
  journal.subscribe(() => {
    throw new Error("mine");
  });
  journal.subscribe(({ at }) => void seen.push(at));
  journal.emit(event(1));
  clock.advance(0);
  expect(seen).toEqual([1]);
  expect(journal.trouble()).toEqual({ dropped: 0, thrown: 1 });
});

test("the queue is bounded: what does not fit is dropped and counted", () => {
  const clock = createManualClock();
  const journal = createJournal(clock);
  let told = 0;
  journal.subscribe(() => void (told += 1));
  for (let count = 0; count < observerQueueMax + 5; count += 1) journal.emit(event(count));
  clock.advance(0);
  expect(told).toBe(observerQueueMax);
  expect(journal.trouble().dropped).toBe(5);
});

test("a late observer is told what it missed of the configuration", () => {
  const clock = createManualClock();
  const journal = createJournal(clock);
  const seen: number[] = [];
  journal.subscribe(({ at }) => void seen.push(at), [event(7)]);
  clock.advance(0);
  expect(seen).toEqual([7]);
});

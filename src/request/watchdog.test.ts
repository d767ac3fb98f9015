import { expect, test } from "vitest";
import { createManualClock } from "../../test/manual-clock.ts";
import { createWatchdog } from "./watchdog.ts";

const limits = { connectMs: 10, firstContentMs: 100, idleMs: 50, totalMs: 1_000 };

function watch(changes: Partial<typeof limits> = {}, caller: AbortSignal | null = null) {
  const clock = createManualClock();
  return { clock, dog: createWatchdog(clock, { ...limits, ...changes }, caller) };
}

test("connect: no connection in time", () => {
  const { clock, dog } = watch();
  clock.advance(9);
  expect(dog.signal.aborted).toBe(false);
  clock.advance(1);
  expect(dog.cut()).toEqual({ by: "timer", phase: "connect", limitMs: 10 });
  expect(dog.signal.aborted).toBe(true);
  expect(clock.pending()).toBe(0);
});

test("first content: a connection alone does not feed it", () => {
  const { clock, dog } = watch();
  dog.connected();
  clock.advance(100);
  expect(dog.cut()).toEqual({ by: "timer", phase: "first_content", limitMs: 100 });
});

test("idle: begins with the first content, and each content feeds it", () => {
  const { clock, dog } = watch();
  dog.connected();
  clock.advance(90);
  dog.content();
  for (let piece = 0; piece < 5; piece += 1) {
    clock.advance(49);
    dog.content();
  }
  expect(dog.cut()).toBeNull();
  clock.advance(50);
  expect(dog.cut()).toEqual({ by: "timer", phase: "idle", limitMs: 50 });
});

test("idle: does not run while the caller is being waited for", () => {
  const { clock, dog } = watch();
  dog.connected();
  dog.content();
  dog.pause();
  clock.advance(500);
  dog.resume();
  clock.advance(49);
  expect(dog.cut()).toBeNull();
  clock.advance(1);
  expect(dog.cut()).toMatchObject({ phase: "idle" });
});

test("total: whatever comes", () => {
  const { clock, dog } = watch({ totalMs: 200 });
  dog.connected();
  for (let piece = 0; piece < 10; piece += 1) {
    dog.content();
    clock.advance(20);
  }
  expect(dog.cut()).toEqual({ by: "timer", phase: "total", limitMs: 200 });
});

test("quiet after everything was said ends it without blame", () => {
  const { clock, dog } = watch();
  dog.connected();
  dog.content();
  dog.settle(20);
  clock.advance(20);
  expect(dog.cut()).toEqual({ by: "end" });
});

test("the caller's signal cuts with its reason, before or after the start", () => {
  const controller = new AbortController();
  const { dog } = watch({}, controller.signal);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(dog.cut()).toEqual({ by: "caller" });
  expect(dog.signal.reason).toBe(reason);
  expect(watch({}, AbortSignal.abort(reason)).dog.cut()).toEqual({ by: "caller" });
});

test("stop leaves no timer and listens to nobody", () => {
  const controller = new AbortController();
  const { clock, dog } = watch({}, controller.signal);
  dog.connected();
  dog.content();
  dog.stop(false);
  expect(clock.pending()).toBe(0);
  controller.abort();
  expect(dog.signal.aborted).toBe(false);
});

test("the first cut is the one that counts", () => {
  const controller = new AbortController();
  const { clock, dog } = watch({}, controller.signal);
  clock.advance(10);
  controller.abort();
  expect(dog.cut()).toMatchObject({ phase: "connect" });
});

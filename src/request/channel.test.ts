import { expect, test } from "vitest";
import type { Delta } from "../chat/delta.ts";
import { createChannel } from "./channel.ts";

const text = (value: string): Delta => ({ type: "text", text: value });
const many = (count: number) => Array.from({ length: count }, (_, index) => text(String(index)));

test("gives what was pushed in its order, then the end", async () => {
  const channel = createChannel();
  expect(channel.push([text("a"), text("b")])).toBeUndefined();
  channel.end();
  expect((await channel.next()).value).toEqual(text("a"));
  expect((await channel.next()).value).toEqual(text("b"));
  expect((await channel.next()).done).toBe(true);
});

test("wakes a reader who was there first", async () => {
  const channel = createChannel();
  const next = channel.next();
  void channel.push([text("late")]);
  expect((await next).value).toEqual(text("late"));
});

test("gives everything before it throws the failure", async () => {
  const channel = createChannel();
  void channel.push([text("a")]);
  channel.fail(new Error("cut"));
  expect((await channel.next()).value).toEqual(text("a"));
  await expect(channel.next()).rejects.toThrow("cut");
});

test("holds the writer back beyond its bound until the reader has caught up", async () => {
  const channel = createChannel();
  const full = channel.push(many(1_000));
  expect(full).toBeInstanceOf(Promise);
  let released = false;
  const after = full?.then(() => void (released = true));
  for (let read = 0; read < 999; read += 1) await channel.next();
  expect(released).toBe(false);
  await channel.next();
  await after;
  expect(released).toBe(true);
});

test("once opened it holds nobody back, and loses nothing", async () => {
  const channel = createChannel();
  const full = channel.push(many(1_500));
  channel.open();
  await full;
  expect(channel.push(many(1_500))).toBeUndefined();
  channel.end();
  let count = 0;
  while (!(await channel.next()).done) count += 1;
  expect(count).toBe(3_000);
});

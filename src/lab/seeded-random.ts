import type { Random } from "../ports.ts";

/** Numbers that are the same in every run (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = Math.trunc(seed);
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}

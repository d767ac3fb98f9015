/** Lets so many tasks run at a time; the others wait in their order. */
export function createSlots(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = most;
  const line: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => void line.push(turn));
    try {
      return await task();
    } finally {
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Does a task for every item, so many of them at a time; results stand in the items' order. */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  most: number,
  task: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  async function work(): Promise<void> {
    // The entries are shared: each is taken by one worker alone.
    for (const [index, item] of left) results[index] = await task(item);
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  return results;
}

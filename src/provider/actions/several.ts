/** As many requests of an action are under way at a time. */
const atOnce = 4;

/**
 * Runs a task for each item, several at a time, in the order of the items. Begins no more once a task has given false,
 * or failed.
 *
 * @throws what a task throws, once all that were begun have ended.
 */
export async function severalAtOnce<T>(
  items: readonly T[],
  run: (item: T) => Promise<boolean>,
): Promise<void> {
  const queue = items.values();
  let goesOn = true;
  const work = async () => {
    while (goesOn) {
      const next = queue.next();
      if (next.done === true) return;
      try {
        if (!(await run(next.value))) goesOn = false;
      } catch (thrown) {
        goesOn = false;
        throw thrown;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/**
 * Does for many at once what is asked for one by one: while one call is under way, callers wait for the next,
 * which they share. Answers come in the order of the items; a failure is everybody's.
 */
export function gather<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  let waiting: { readonly item: Item; resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  let busy = false;

  async function serve(): Promise<void> {
    busy = true;
    // Callers of the same moment share the call.
    await Promise.resolve();
    while (waiting.length > 0) {
      const served = waiting;
      waiting = [];
      try {
        const answers = await work(served.map(({ item }) => item));
        served.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (error) {
        for (const { reject } of served) reject(error);
      }
    }
    busy = false;
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void serve();
    });
}

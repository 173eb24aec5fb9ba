interface Call<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Does for many at once what is asked for one by one: while one call is under way, callers wait for the next one, which
 * they share. Answers come in the order of the items; when it fails, it fails for all of its callers.
 */
export function createBatch<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  let waiting: Call<Item, Answer>[] = [];
  let busy = false;

  async function serve(): Promise<void> {
    busy = true;
    // Calls of the same moment share the first one, too.
    await Promise.resolve();
    while (waiting.length > 0) {
      const served = waiting;
      waiting = [];
      await answer(served, work);
    }
    busy = false;
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void serve();
    });
}

/** Does at once what is asked for in the same moment, as the lists of one screen are; nobody waits for another moment's. */
export function createMoment<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  let waiting: Call<Item, Answer>[] = [];

  async function serve(): Promise<void> {
    await Promise.resolve();
    const served = waiting;
    waiting = [];
    await answer(served, work);
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) void serve();
    });
}

async function answer<Item, Answer>(
  served: readonly Call<Item, Answer>[],
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<void> {
  try {
    const answers = await work(served.map(({ item }) => item));
    served.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
  } catch (error) {
    for (const { reject } of served) reject(error);
  }
}

import type { KyselyPlugin } from 'kysely';
import type { Db } from '../../bot/database/tables.ts';

/** The same database, and how often it was asked, the beginnings and ends of transactions left out. */
export function countingStatements(db: Db): { readonly db: Db; during(work: () => Promise<unknown>): Promise<number> } {
  let count = 0;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    db: db.withPlugin(plugin),
    async during(work) {
      const before = count;
      await work();
      return count - before;
    },
  };
}

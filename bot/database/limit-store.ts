import { CompiledQuery } from 'kysely';

import type { Database } from './connection.ts';

/** The database in the shape that rate-limiter-flexible asks. */
export interface LimitStore {
  query(query: {
    readonly text: string;
    readonly values?: readonly unknown[];
  }): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number }>;
}

/** How long the database may take to count, in milliseconds: then it counts as away. */
const countWithin = 1000;

/** Where servers count together; null with the embedded database, which has one server only. */
export function createLimitStore({ db, embedded }: Pick<Database, 'db' | 'embedded'>): LimitStore | null {
  if (embedded) return null;
  return {
    async query({ text, values = [] }) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () => reject(new Error(`the database took more than ${countWithin} ms to count`)),
          countWithin,
        );
      });
      const counted = db.executeQuery(CompiledQuery.raw(text, [...values]));
      const { rows } = await Promise.race([counted, late]).finally(() => clearTimeout(timer));
      return { rows, rowCount: rows.length };
    },
  };
}

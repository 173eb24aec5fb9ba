import type { Count, Ended, EndingList, EndingPlace, Keyed, Stored } from './list.ts';
import type { ListDefinition } from './model.ts';

/** When a row was over, as an ISO instant with milliseconds, so that two of them are compared as texts. */
export function endOf(definition: ListDefinition, row: Keyed): string | null {
  const ended = definition.ended?.(row) ?? null;
  return ended === null ? null : new Date(ended).toISOString();
}

/** What a row is counted by once it is over. */
export function countedBy({ counted = '' }: ListDefinition, row: Keyed): string | null {
  const said = (row as unknown as Readonly<Record<string, unknown>>)[counted];
  return typeof said === 'string' ? said : null;
}

export function withEnd<T extends Keyed>(definition: ListDefinition, row: Stored<T>): Ended<T> {
  return { ...row, endedAt: endOf(definition, row.value) ?? '' };
}

/** What is over and what is not, of a list that can only be read as a whole. */
export function endingsOf<T extends Keyed>(
  definition: ListDefinition,
  all: () => Promise<readonly Stored<T>[]>,
): Pick<EndingList<T>, 'since' | 'before' | 'countBefore'> {
  const ended = async (): Promise<readonly Ended<T>[]> =>
    (await all()).map(row => withEnd(definition, row)).filter(({ endedAt }) => endedAt !== '');
  return {
    async since(moment) {
      return (await all()).filter(({ value }) => {
        const end = endOf(definition, value);
        return end === null || end >= moment;
      });
    },
    async before(place, most) {
      return (await ended())
        .filter(row => isBefore(row, place))
        .toSorted((one, other) => other.endedAt.localeCompare(one.endedAt) || Number(other.id) - Number(one.id))
        .slice(0, most);
    },
    async countBefore(moment) {
      const counts = new Map<string | null, number>();
      for (const { value } of (await ended()).filter(({ endedAt }) => endedAt < moment)) {
        const said = countedBy(definition, value);
        counts.set(said, (counts.get(said) ?? 0) + 1);
      }
      return [...counts].map(([said, count]): Count => ({ said, count }));
    },
  };
}

function isBefore({ id, endedAt }: Ended<Keyed>, { at, id: before }: EndingPlace): boolean {
  return endedAt < at || (endedAt === at && before !== null && Number(id) < Number(before));
}

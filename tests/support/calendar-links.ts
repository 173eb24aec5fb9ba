import type { CalendarLinks, CalendarOf } from '../../bot/features/calendar/feed-links.ts';
import type { Person } from '../../domain/community.ts';

/** Calendar links in memory, with tokens that read `calendar-token-number-1`. */
export function createInMemoryCalendarLinks(): CalendarLinks {
  const links = new Map<
    string,
    { readonly of: CalendarOf; readonly token: string; readonly madeBy: Person; readonly madeAt: Date }
  >();
  const keyOf = ({ kind, id }: CalendarOf): string => `${kind} ${id}`;
  let last = 0;

  return {
    async find(of) {
      const found = links.get(keyOf(of));
      return found && { madeBy: found.madeBy, madeAt: found.madeAt };
    },
    async make(of, madeBy, madeAt) {
      const token = `calendar-token-number-${++last}`;
      links.set(keyOf(of), { of, token, madeBy, madeAt });
      return token;
    },
    revoke: async of => void links.delete(keyOf(of)),
    open: async token => [...links.values()].find(link => link.token === token)?.of,
  };
}

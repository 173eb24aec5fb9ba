import type { ReadyCommunity } from '../../../domain/community.ts';
import { nothingSaid, type Attendance } from '../../../domain/events/attendance.ts';
import { preparation, preparationDays } from '../../../domain/events/days.ts';
import { openPs } from '../../../domain/events/event.ts';
import type { PsId } from '../../../domain/events/method.ts';
import { todayIn } from '../../shared/days.ts';
import { readAttendance } from './attendance.ts';
import { mostTicked, type AfterShown } from './cards.ts';
import { invitedTo } from './invited.ts';
import type { EventsParts } from './parts.ts';
import type { PlannedEvent } from './store.ts';

type Asked = Attendance & { readonly person: NonNullable<Attendance['person']> };

/**
 * Whom hosts are asked about: who said that they come, or may, and who is noted already; in a community that is small
 * enough everybody else who was invited, too, as not everybody answers who comes.
 */
export async function afterShown(
  parts: EventsParts,
  community: ReadyCommunity,
  event: PlannedEvent,
): Promise<Omit<AfterShown, 'notice'>> {
  const [all, invited] = await Promise.all([
    readAttendance(parts, community, event.id),
    invitedTo(parts, community, event),
  ]);
  const known = all.filter((row): row is typeof row & Asked => row.person !== null);
  const rows: Asked[] = known
    .filter(({ says, was }) => says === 'coming' || says === 'maybe' || was === 'yes')
    .toSorted((one, other) => rank(one) - rank(other) || one.person.name.localeCompare(other.person.name));
  const isListed = new Set(rows.map(({ person }) => person.id));
  const others = invited.filter(({ id }) => !isListed.has(id));
  if (rows.length + others.length <= mostTicked) {
    const kept = new Map<string, Asked>(known.map(row => [row.person.id, row]));
    rows.push(
      ...others
        .toSorted((one, other) => one.name.localeCompare(other.name))
        .map(person => kept.get(person.id) ?? { ...nothingSaid, person }),
    );
  }
  const guests = all.filter(({ person, was }) => person === null && was === 'yes').length;
  return { community, event, rows, guests, links: parts.links };
}

/** Those who were there first, then those who said so, then those who might. */
function rank({ was, says }: Attendance): number {
  if (was === 'yes') return 0;
  return says === 'coming' ? 1 : 2;
}

/** The round of questions that hosts are in, and what is open of it: all of it where none is on. */
export async function preparedNow(
  parts: Pick<EventsParts, 'restDays' | 'clock'>,
  community: ReadyCommunity,
  event: PlannedEvent,
): Promise<{ readonly round: number; readonly open: readonly PsId[] }> {
  const rest = await parts.restDays.of(community);
  const where = { timeZone: community.settings.timeZone, rest };
  const last = preparationDays.at(-1) ?? 0;
  return preparation(event, todayIn(parts, community), where) ?? { round: last, open: openPs(event, last) };
}

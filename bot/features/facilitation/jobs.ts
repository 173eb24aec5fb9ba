import { theChannel } from '../../../domain/attention/mornings.ts';
import type { Rest } from '../../../domain/attention/open-days.ts';
import { peopleInCharge, type ReadyCommunity } from '../../../domain/community.ts';
import { cardDayOf } from '../../../domain/facilitation/card-day.ts';
import { weekFrom, weekOf, workingDays } from '../../../domain/facilitation/facilitation.ts';
import { facilitationWeek } from '../../../domain/facilitation/method.ts';
import { addDays, endOfDay, localDay, nextOnDays } from '../../../domain/schedule.ts';
import type { Job, Morning } from '../../feature.ts';
import type { Recipient } from '../../ports.ts';
import { messageKind, readWeek } from './board.ts';
import type { FacilitationParts } from './parts.ts';

const firstMinutes = facilitationWeek.filter(task => task.day === 1).reduce((sum, task) => sum + task.minutes, 0);

/** On the first open day of the week: the week's one card. A week without an open day has none. */
export function weekJob(parts: FacilitationParts): Job {
  return {
    name: 'facilitation.week',
    urgent: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextOnDays({ days: workingDays(day), time, timeZone }, after);
    },
    async run({ community, due, since, now }) {
      const { timeZone } = community.settings;
      const ids = { community: community.id, due: due.toISOString() };
      const today = localDay(now, timeZone);
      const rest = await parts.restDays.of(community);
      const week = weekOf(community.settings, now);
      const missed = missedWeeks(community, { since, today, rest });
      if (cardDayOf(week, rest) !== today && missed.length === 0) return;

      const to = await recipients(parts, community);
      for (const period of missed)
        await parts.messenger.missed({ community: community.id, kind: messageKind, period, to });
      if (cardDayOf(week, rest) !== today) return parts.log.info(ids, 'facilitation card not sent: its day is over');
      if (to.length === 0)
        return parts.log.warn(ids, 'facilitation card not sent: the community has nobody to send it to');

      const shown = await readWeek(parts, community, week.key, now);
      await parts.messenger.post({
        community: community.id,
        kind: messageKind,
        period: week.key,
        to,
        card: shown.shared,
        summary: t => t('summary', { community: community.name, minutes: firstMinutes }),
        expires: endOfDay(today, timeZone),
      });
    },
  };
}

/** The log of a community that was away for long needs no more than a year of it. */
const mostMissed = 52;

/** Weeks whose card should have gone out since this moment, and on a day that is over. */
function missedWeeks(
  { settings }: ReadyCommunity,
  { since, today, rest }: { readonly since: Date; readonly today: string; readonly rest: Rest },
): readonly string[] {
  const { timeZone } = settings;
  const first = localDay(since, timeZone);
  const weeks: string[] = [];
  for (let week = weekOf(settings, since); week.key < today; week = weekFrom(addDays(week.key, 7))) {
    const day = cardDayOf(week, rest);
    if (day !== undefined && first <= day && day < today) weeks.push(week.key);
  }
  return weeks.slice(-mostMissed);
}

/** Whom the week's card reaches this morning. */
export function weekReaches(parts: FacilitationParts): (morning: Morning) => Promise<readonly string[]> {
  return async ({ community, now, today, rest }) =>
    cardDayOf(weekOf(community.settings, now), rest) === today
      ? (await recipients(parts, community)).map(to => ('person' in to ? to.person.id : theChannel))
      : [];
}

/** On the other working days, at the same time: the card turns to the new day in place, without a notification. */
export function morningJob(parts: FacilitationParts): Job {
  return {
    name: 'facilitation.morning',
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextOnDays({ days: workingDays(day).slice(1), time, timeZone }, after);
    },
    async run({ community, now }) {
      // Never too late: the card shows the day it is now, whenever this runs.
      const { key } = weekOf(community.settings, now);
      const shown = await readWeek(parts, community, key, now);
      await parts.messenger.refresh({ community: community.id, kind: messageKind, period: key, card: shown.shared });
    },
  };
}

/** Facilitators who are still in the team, else the people in charge. */
async function recipients({ roster }: FacilitationParts, community: ReadyCommunity): Promise<readonly Recipient[]> {
  const { facilitators, destination } = community.settings.facilitation;
  if (destination === 'channel') return [{ channel: true }];
  const members = await roster.members(community.id);
  const present = facilitators.filter(({ id }) => members.some(member => member.id === id));
  const chosen = present.length > 0 ? present : peopleInCharge(community, members);
  return chosen.map(person => ({ person }));
}

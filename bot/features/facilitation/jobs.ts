import { peopleInCharge, type ReadyCommunity } from '../../../domain/community.ts';
import { weekOf, workingDays } from '../../../domain/facilitation/facilitation.ts';
import { facilitationWeek } from '../../../domain/facilitation/method.ts';
import { endOfDay, localDay, momentOn, nextOnDays, nextWeekly } from '../../../domain/schedule.ts';
import type { Job } from '../../feature.ts';
import type { Recipient } from '../../ports.ts';
import { messageKind, readWeek } from './board.ts';
import type { FacilitationParts } from './parts.ts';

const firstMinutes = facilitationWeek.filter(task => task.day === 1).reduce((sum, task) => sum + task.minutes, 0);

/** On the first working day: the week's one card. */
export function weekJob(parts: FacilitationParts): Job {
  return {
    name: 'facilitation.week',
    urgent: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextWeekly({ day, time, timeZone }, after);
    },
    async run({ community, due, now }) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      const ids = { community: community.id, due: due.toISOString() };
      const week = weekOf(community.settings, due);
      const day = localDay(due, timeZone);
      if (localDay(momentOn(week.key, time, timeZone), timeZone) !== day) {
        return parts.log.info(
          ids,
          'facilitation card not sent: the settings have changed and no week begins at this moment',
        );
      }
      const to = await recipients(parts, community);
      await noteMissed(parts, community, { to, due, now });
      if (localDay(now, timeZone) !== day) return parts.log.info(ids, 'facilitation card not sent: its day is over');
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
        expires: endOfDay(day, timeZone),
      });
    },
  };
}

/** Weeks whose first day is over, from this one until now, were missed: the calendar tells of the first only. */
async function noteMissed(
  { messenger }: FacilitationParts,
  community: ReadyCommunity,
  { to, due, now }: { readonly to: readonly Recipient[]; readonly due: Date; readonly now: Date },
): Promise<void> {
  const {
    timeZone,
    facilitation: { day, time },
  } = community.settings;
  const today = localDay(now, timeZone);
  const weeks: string[] = [];
  for (let moment = due; localDay(moment, timeZone) < today; moment = nextWeekly({ day, time, timeZone }, moment))
    weeks.push(weekOf(community.settings, moment).key);
  // The log of a community that was away for long needs no more than a year of it.
  for (const period of weeks.slice(-52))
    await messenger.missed({ community: community.id, kind: messageKind, period, to });
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

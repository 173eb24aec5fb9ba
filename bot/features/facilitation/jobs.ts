import type { ReadyCommunity } from '../../../domain/community.ts';
import { weekFrom, weekOf, workingDays } from '../../../domain/facilitation/facilitation.ts';
import { latestCard, nextCard, pausedUntil } from '../../../domain/facilitation/rhythm.ts';
import { localDay, nextOnDays } from '../../../domain/schedule.ts';
import type { Job } from '../../feature.ts';
import { messageKind, readWeek } from './board.ts';
import { postWeek } from './now.ts';
import type { FacilitationParts } from './parts.ts';
import { recipientsOf } from './recipients.ts';

/** The log of a community that was away for long needs no more than a year of missed weeks. */
const mostMissed = 52;

/**
 * On the first working day: the week's one card. A server that was off over that moment, or over several, sends the card
 * of the week that runs, while it has a day left.
 */
export function weekJob(parts: FacilitationParts): Job {
  return {
    name: 'facilitation.week',
    urgent: true,
    next: (community, after) => nextCard(community.settings, after),
    async run({ community, due, now }) {
      const { settings } = community;
      const { timeZone } = settings;
      const ids = { community: community.id, due: due.toISOString() };
      const latest = latestCard(settings, due);
      if (latest === null || localDay(latest, timeZone) !== localDay(due, timeZone))
        return parts.log.info(
          ids,
          'facilitation card not sent: the settings have changed and no week begins at this moment',
        );
      const { to } = await recipientsOf(parts, community);
      const { missed, runs } = weeksSince(community, due, now);
      for (const period of missed.slice(-mostMissed))
        await parts.messenger.missed({ community: community.id, kind: messageKind, period, to });
      if (!runs) return parts.log.info(ids, 'facilitation card not sent: the days of its week are over');
      if (to.length === 0)
        return parts.log.warn(ids, 'facilitation card not sent: the community has nobody to send it to');
      await postWeek(parts, community, now);
    },
  };
}

/** The weeks whose card was due and that have no day left, and whether there is one that has. */
function weeksSince(
  { settings }: ReadyCommunity,
  due: Date,
  now: Date,
): { readonly missed: readonly string[]; readonly runs: boolean } {
  const today = localDay(now, settings.timeZone);
  const begun: string[] = [];
  for (let moment = due; moment <= now; moment = nextCard(settings, moment)) begun.push(weekOf(settings, moment).key);
  const missed = begun.filter(week => (weekFrom(week).days.at(-1) ?? week) < today || week !== begun.at(-1));
  return { missed, runs: missed.length < begun.length && pausedUntil(settings, now) === null };
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

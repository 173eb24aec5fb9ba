import { theChannel } from '../../../domain/attention/mornings.ts';
import type { Rest } from '../../../domain/attention/open-days.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { cardDayOf } from '../../../domain/facilitation/card-day.ts';
import { weekFrom, weekOf, workingDays } from '../../../domain/facilitation/facilitation.ts';
import { pausedUntil } from '../../../domain/facilitation/rhythm.ts';
import { addDays, localDay, nextOnDays } from '../../../domain/schedule.ts';
import type { Job, Morning } from '../../feature.ts';
import { messageKind, readWeek } from './board.ts';
import { lineOf, postLine } from './morning-line.ts';
import { postWeek } from './now.ts';
import type { FacilitationParts } from './parts.ts';
import { recipientsOf } from './recipients.ts';

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
      const cardDay = cardDayOf(week, rest, community.settings);
      if (cardDay !== today && missed.length === 0) return;

      const { to } = await recipientsOf(parts, community);
      for (const period of missed)
        await parts.messenger.missed({ community: community.id, kind: messageKind, period, to });
      if (cardDay !== today) return parts.log.info(ids, 'facilitation card not sent: its day is over');
      if (to.length === 0)
        return parts.log.warn(ids, 'facilitation card not sent: the community has nobody to send it to');
      await postWeek(parts, community, now);
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
    const day = cardDayOf(week, rest, settings);
    if (day !== undefined && first <= day && day < today) weeks.push(week.key);
  }
  return weeks.slice(-mostMissed);
}

/** Whom the week's card reaches this morning. */
export function weekReaches(parts: FacilitationParts): (morning: Morning) => Promise<readonly string[]> {
  return async ({ community, now, today, rest }) =>
    cardDayOf(weekOf(community.settings, now), rest, community.settings) === today
      ? (await recipientsOf(parts, community)).to.map(to => ('person' in to ? to.person.id : theChannel))
      : [];
}

/**
 * On the other working days, at the same time: the card turns to the new day in place, without a notification. Whoever
 * wants one has a line as well.
 */
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
      // Never too late: the card shows the day it is now, whenever this runs. It is shown as far as it is known; whoever
      // looks at it gets their own, which is read anew.
      const { key } = weekOf(community.settings, now);
      const shown = await parts.asKnown(() => readWeek(parts, community, key, now));
      await parts.messenger.refresh({ community: community.id, kind: messageKind, period: key, card: shown.shared });
      if (pausedUntil(community.settings, now) !== null) return;
      if ((await lineOf(parts, community, shown.board)) === null) return;
      const { board } = await readWeek(parts, community, key, now);
      await postLine(parts, community, board);
    },
  };
}

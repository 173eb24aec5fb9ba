import type { Weekday } from '../../../domain/community.ts';
import { remindersFor } from '../../../domain/plan/days.ts';
import { endOfDay, localDay, momentOn, nextOnDays } from '../../../domain/schedule.ts';
import { definitions } from '../../lists/model.ts';
import { eachRow } from '../../shared/each-row.ts';
import type { Job } from '../../feature.ts';
import { reminderCard } from './cards.ts';
import type { PlanParts } from './parts.ts';
import { reminderKind } from './reminders.ts';
import { actionOf, readActions } from './store.ts';

const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Every open day, at the time of day the community chose for its facilitation: one card for each owner with what is due
 * until the next. Run late it is still about the day it is; before that day's time it leaves it to the next
 * run.
 */
export function remindJob(parts: PlanParts): Job {
  return {
    name: 'plan.remind',
    rests: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      return nextOnDays({ days: everyDay, time, timeZone }, after);
    },
    async run({ community, now }) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      const today = localDay(now, timeZone);
      if (now < momentOn(today, time, timeZone))
        return parts.log.info(
          { community: community.id, today },
          'plan not reminded of: its time today is still to come',
        );

      const [rows, members, rest] = await Promise.all([
        readActions(parts, community),
        parts.roster.members(community.id),
        parts.restDays.of(community),
      ]);
      const actions = rows.map(({ value }) => actionOf(value));
      // An owner who left the team hears nothing more; coordinators read of their actions in the week's card and in the
      // tab.
      const reminders = remindersFor(actions, today, { timeZone, rest }).filter(({ person }) =>
        members.some(({ id }) => id === person.id),
      );
      await eachRow(
        parts,
        { community: community.id, list: definitions.plan.title },
        reminders,
        ({ person }) => ({ key: person.id, what: person.name }),
        async ({ person, actions: due }) => {
          await parts.messenger.post({
            community: community.id,
            kind: reminderKind,
            period: today,
            to: [{ person }],
            card: t => reminderCard({ community, person, actions, today, rest, links: parts.links }, t),
            summary: t =>
              t('reminder.summary', { count: due.length, title: due[0]?.title ?? '', community: community.name }),
            expires: endOfDay(today, timeZone),
          });
        },
      );
    },
  };
}

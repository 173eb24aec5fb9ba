import { standingOf } from '../../../domain/attention/naming.ts';
import { reviewKey } from '../../../domain/charter/charter.ts';
import { isReviewDue } from '../../../domain/charter/review.ts';
import { emptySections, questionOfWeek } from '../../../domain/charter/weekly-question.ts';
import { peopleInCharge, timeZoneOf, type ReadyCommunity } from '../../../domain/community.ts';
import { daysBetween, localDay } from '../../../domain/schedule.ts';
import { whenThere } from '../../lists/list.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import { weekIn, type ReadComing, type ReadWaiting, type WaitingLine } from '../../shared/waiting.ts';
import type { CharterParts } from './parts.ts';
import { readWeekFacts } from './question.ts';
import { reviewKind } from './review.ts';

/** How many sections are named in the line. */
const mostNamed = 4;

/**
 * Sections that nobody has written, for eight weeks from the last change of the charter on, but for the one that this
 * week's question names; and the review whose day has come. The feature that shows it brings the language; the sentences
 * are this feature's.
 */
export function charterWaiting(
  parts: Pick<CharterParts, 'lists' | 'roster' | 'clock'> & { readonly coming: ReadComing },
): ReadWaiting {
  return async community => {
    const lists = parts.lists.of(community.id);
    const [rows, facts] = await Promise.all([whenThere(() => lists.charter.all()), readWeekFacts(lists, community)]);
    const week = weekIn(parts, community);
    const since = facts.changedOn ?? installedOn(community);
    const standing = since === null ? 'let-go' : standingOf(since, week);
    const named = questionOfWeek(week, facts)?.section;
    const sections = inTurn(
      emptySections(facts).filter(id => id !== named),
      since === null ? 0 : Math.floor(daysBetween(since, week) / 7),
    );
    const on = rows.find(({ value }) => value.key === reviewKey)?.value.reviewOn ?? null;
    const review =
      isReviewDue(on, todayIn(parts, community)) && !(await comes(parts, community, on))
        ? standingOf(on, week)
        : 'let-go';
    return t => {
      const titles = sections.slice(0, mostNamed).map(id => t(`charter:method.${id}.title`));
      const lines: WaitingLine[] = [];
      if (review !== 'let-go') lines.push({ text: t(`charter:waiting.review.${review}`, onDay(on, nearDay)), more: 0 });
      if (standing !== 'let-go' && titles.length > 0)
        lines.push({
          text: t(`charter:waiting.sections.${standing}`, { titles }),
          more: sections.length - titles.length,
        });
      return lines;
    };
  };
}

/** Whether those who coordinate get a card about this review in this week. */
async function comes(
  parts: Parameters<typeof charterWaiting>[0],
  community: ReadyCommunity,
  on: string,
): Promise<boolean> {
  const to = peopleInCharge(community, await parts.roster.members(community.id)).map(({ id }) => id);
  const question = { kind: reviewKind, period: on, to, cameUp: on, since: null };
  return (await parts.coming(community, weekIn(parts, community), [question])).size > 0;
}

/** Of an earlier version the day of installation is not known. */
function installedOn(community: ReadyCommunity): string | null {
  return community.installedAt === undefined ? null : localDay(new Date(community.installedAt), timeZoneOf(community));
}

/** Each week begins where the one before ended, so that all are named in turn. */
function inTurn<Item>(items: readonly Item[], weeks: number): readonly Item[] {
  const first = items.length === 0 ? 0 : (weeks * mostNamed) % items.length;
  return items.length <= mostNamed ? items : [...items.slice(first), ...items.slice(0, first)];
}

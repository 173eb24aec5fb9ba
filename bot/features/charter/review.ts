import { z } from 'zod';
import { reviewKey } from '../../../domain/charter/charter.ts';
import { isReviewDue, reviewIn, reviewMonths } from '../../../domain/charter/review.ts';
import { nextOpenDay } from '../../../domain/attention/open-days.ts';
import { isReady, peopleInCharge, timeZoneOf, type Community, type ReadyCommunity } from '../../../domain/community.ts';
import { workingDays } from '../../../domain/facilitation/facilitation.ts';
import { localDay, nextOnDays } from '../../../domain/schedule.ts';
import { change } from '../../lists/list.ts';
import type { CharterRow } from '../../lists/model.ts';
import { cardAction, type CardReply, type Job, type Press } from '../../feature.ts';
import type { CharterParts } from './parts.ts';
import { reviewCard, reviewedCard } from './review-cards.ts';

const messageKind = 'charter.review';

const ReviewedData = z.object({
  /** The review that was asked for, by its day. */
  review: z.iso.date(),
  /** Some clients send a number as text. */
  months: z.coerce.number().pipe(z.union(reviewMonths.map(months => z.literal(months)))),
});
type ReviewedData = z.infer<typeof ReviewedData>;

/** On the day of the review, or the first open day after it: asks those who coordinate, once for each review. */
export function reviewJob({ lists, messenger, roster, links, log }: CharterParts): Job {
  return {
    name: messageKind,
    rests: true,
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextOnDays({ days: workingDays(day), time, timeZone }, after);
    },
    async run({ community, now }) {
      const today = localDay(now, community.settings.timeZone);
      const rows = (await lists.of(community.id).charter.all()).map(row => row.value);
      const on = rows.find(row => row.key === reviewKey)?.reviewOn ?? null;
      if (!isReviewDue(on, today)) return;
      const to = peopleInCharge(community, await roster.members(community.id));
      if (to.length === 0)
        return log.warn(
          { community: community.id },
          'review of the charter not asked for: the community has nobody to ask',
        );

      const written = rows.filter(row => row.key !== reviewKey && row.text.trim() !== '');
      await messenger.post({
        community: community.id,
        kind: messageKind,
        // The outbox sends each review's card once, however often the day is looked at.
        period: on,
        to: to.map(person => ({ person })),
        card: t =>
          reviewCard(
            {
              community,
              on,
              today,
              written: written.length,
              changedOn: lastDay(written, community),
              link: links.tab(community.id, 'charter'),
            },
            t,
          ),
        summary: t => t('review.summary', { community: community.name }),
      });
    },
  };
}

export function reviewActions(parts: CharterParts) {
  const { lists, clock, links, restDays } = parts;

  async function onReviewed({
    data: { review, months },
    who,
    community,
    automatic,
    t,
  }: Press<ReviewedData>): Promise<CardReply> {
    const now = clock();
    const day = reviewIn(months, localDay(now, timeZoneOf(community)));
    // The card says the day, so it is one on which somebody is asked.
    const next = isReady(community) ? nextOpenDay(day, await restDays.of(community)) : day;

    // Only the review that the card asks for is moved: pressing an old card does not move the next one.
    const stored = await change(lists.of(community.id).charter, reviewKey, row =>
      row?.reviewOn === review
        ? { ...row, reviewOn: next, changedBy: { id: who.id, name: who.name }, changedAt: now.toISOString() }
        : undefined,
    );
    if (!stored) return { notice: t('review.gone') };
    if (!automatic) await showReviewed(parts, community, review, stored.value);
    return { card: reviewedCard({ community, row: stored.value, link: links.tab(community.id, 'charter') }, t) };
  }

  return { reviewed: cardAction({ may: 'charter.edit' }, { data: ReviewedData, run: onReviewed }) };
}

/** Every copy of the card that asked for this review now says what came of it. */
export async function showReviewed(
  { messenger, links }: CharterParts,
  community: Community,
  review: string,
  row: CharterRow,
): Promise<void> {
  await messenger.refresh({
    community: community.id,
    kind: messageKind,
    period: review,
    card: t => reviewedCard({ community, row, link: links.tab(community.id, 'charter') }, t),
  });
}

function lastDay(written: readonly CharterRow[], { settings: { timeZone } }: ReadyCommunity): string | null {
  const last = written
    .map(row => row.changedAt)
    .toSorted()
    .at(-1);
  return last === undefined ? null : localDay(new Date(last), timeZone);
}

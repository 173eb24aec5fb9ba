import { z } from 'zod';
import { reviewKey } from '../../../domain/charter/charter.ts';
import { isReviewDue, reviewIn, reviewMonths } from '../../../domain/charter/review.ts';
import { nextOpenDay } from '../../../domain/attention/open-days.ts';
import { isReady, peopleInCharge, timeZoneOf, type Community, type ReadyCommunity } from '../../../domain/community.ts';
import { addMonths, localDay } from '../../../domain/schedule.ts';
import { change } from '../../lists/list.ts';
import type { CharterRow } from '../../lists/model.ts';
import { cardAction, type CardReply, type Morning, type Press, type Wish } from '../../feature.ts';
import type { CharterParts } from './parts.ts';
import { reviewCard, reviewedCard } from './review-cards.ts';

export const reviewKind = 'charter.review';

const ReviewedData = z.object({
  /** The review that was asked for, by its day. */
  review: z.iso.date(),
  /** Some clients send a number as text. */
  months: z.coerce.number().pipe(z.union(reviewMonths.map(months => z.literal(months)))),
});
type ReviewedData = z.infer<typeof ReviewedData>;

/** From the day of the review on: asks those who coordinate, once for each review. */
export function reviewWishes({
  lists,
  roster,
  links,
  log,
}: CharterParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async ({ community, today }) => {
    const rows = (await lists.of(community.id).charter.all()).map(row => row.value);
    const on = rows.find(row => row.key === reviewKey)?.reviewOn ?? null;
    if (!isReviewDue(on, today)) return [];
    const to = peopleInCharge(community, await roster.members(community.id));
    if (to.length === 0)
      log.warn({ community: community.id }, 'review of the charter not asked for: the community has nobody to ask');

    const written = rows.filter(row => row.key !== reviewKey && row.text.trim() !== '');
    const shown = {
      community,
      on,
      today,
      written: written.length,
      changedOn: lastDay(written, community),
      link: links.tab(community.id, 'charter'),
    };
    return to.map(
      (person): Wish => ({
        kind: reviewKind,
        // Each review's card is sent once, however often the day is looked at.
        period: on,
        to: { person },
        urgency: 'soon',
        // As long as nobody has said when the next one is.
        until: addMonths(today, 1),
        again: { since: null },
        card: t => reviewCard(shown, t),
        summary: t => t('review.summary', { community: community.name }),
        line: t => t('charter:review.line'),
      }),
    );
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
    kind: reviewKind,
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

import { charterSections } from '../../../domain/charter/method.ts';
import { reviewMonths } from '../../../domain/charter/review.ts';
import type { Community } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { CharterRow } from '../../lists/model.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import reviewTemplate from './cards/review.card.json' with { type: 'json' };
import reviewedTemplate from './cards/reviewed.card.json' with { type: 'json' };

const longestName = 80;

export interface AskedReview {
  readonly community: Community;
  /** The day the review is due, and the day it is. */
  readonly on: string;
  readonly today: string;
  /** How many sections are written, and the day of the last change. */
  readonly written: number;
  readonly changedOn: string | null;
  readonly link: string;
}

/** Asks a coordinator to look at the charter. */
export function reviewCard(asked: AskedReview, t: Translate): Card {
  return renderCard(reviewTemplate, reviewData(asked, t));
}

/** `review.sample.json` is an example. */
function reviewData({ community, on, today, written, changedOn, link }: AskedReview, t: Translate) {
  const name = shortened(community.name, longestName);
  return {
    community: community.id,
    review: on,
    fallback: t('review.fallback', { community: name }),
    title: t('review.title', { community: plain(name) }),
    intro: t(on < today ? 'review.introLate' : 'review.intro', onDay(on)),
    facts: [
      { title: t('facts.written'), value: t('facts.count', { count: written, of: charterSections.length }) },
      { title: t('review.changed'), value: changedOn === null ? t('review.never') : t('review.day', onDay(changedOn)) },
    ],
    questionsTitle: t('review.questionsTitle'),
    questions: ['true', 'aims', 'missing'].map(question => ({ text: `- ${t(`review.questions.${question}`)}` })),
    choose: t('review.choose'),
    open: t('open'),
    link,
    choices: reviewMonths.map(months => ({ months, title: t('review.next', { count: months }) })),
  };
}

export interface DoneReview {
  readonly community: Community;
  readonly row: CharterRow;
  readonly link: string;
}

/** Takes the place of the question once a coordinator has looked at the charter, whether on the card or in the tab. */
export function reviewedCard(done: DoneReview, t: Translate): Card {
  return renderCard(reviewedTemplate, reviewedData(done, t));
}

/** `reviewed.sample.json` is an example. */
function reviewedData({ community, row: { reviewOn, changedBy }, link }: DoneReview, t: Translate) {
  const name = shortened(community.name, longestName);
  const by = plain(shortened(changedBy.name, longestName));
  return {
    fallback: t('review.fallback', { community: name }),
    title: t('title', { community: plain(name) }),
    outcome: reviewOn === null ? t('review.removed', { name: by }) : t('review.done', { name: by, ...onDay(reviewOn) }),
    open: t('open'),
    link,
  };
}

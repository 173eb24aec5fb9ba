import { standingOf } from '../../../domain/attention/naming.ts';
import { reviewKey } from '../../../domain/charter/charter.ts';
import { isReviewDue } from '../../../domain/charter/review.ts';
import { emptySections, questionOfWeek } from '../../../domain/charter/weekly-question.ts';
import { whenThere } from '../../lists/list.ts';
import { nearDay, onDay, todayIn } from '../../shared/days.ts';
import { weekIn, type ReadWaiting, type WaitingLine } from '../../shared/waiting.ts';
import type { CharterParts } from './parts.ts';
import { fingerprintsOf } from './voices.ts';

/** How many sections are named in the line. */
const mostNamed = 4;

/**
 * Sections that nobody has written, as long as they are asked about, but for the one that this week's question names,
 * and the review whose day has come. The feature that shows it brings the language; the sentences are this feature's.
 */
export function charterWaiting(parts: Pick<CharterParts, 'lists' | 'clock'>): ReadWaiting {
  return async community => {
    const { charter, charterDrafts, askedQuestions } = parts.lists.of(community.id);
    const [rows, asked, drafts] = await Promise.all([
      whenThere(() => charter.all()),
      askedQuestions.all(),
      charterDrafts.all(),
    ]);
    const week = weekIn(parts, community);
    const facts = {
      written: new Set(fingerprintsOf(rows.map(({ value }) => value)).keys()),
      asked: asked.map(({ value }) => value),
      drafts: drafts.map(({ value }) => value),
    };
    const named = questionOfWeek(week, facts)?.section;
    const sections = emptySections(facts).filter(id => id !== named);
    const on = rows.find(({ value }) => value.key === reviewKey)?.value.reviewOn ?? null;
    const review = isReviewDue(on, todayIn(parts, community)) ? standingOf(on, week) : 'let-go';
    return t => {
      const titles = sections.slice(0, mostNamed).map(id => t(`charter:method.${id}.title`));
      const lines: WaitingLine[] = [];
      if (review !== 'let-go') lines.push({ text: t(`charter:waiting.review.${review}`, onDay(on, nearDay)), more: 0 });
      if (titles.length > 0)
        lines.push({ text: t('charter:waiting.sections', { titles }), more: sections.length - titles.length });
      return lines;
    };
  };
}

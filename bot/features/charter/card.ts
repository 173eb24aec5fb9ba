import type { SectionId } from '../../../domain/charter/charter.ts';
import type { Community } from '../../../domain/community.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import { shortened } from '../../../domain/text.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import template from './cards/charter.card.json' with { type: 'json' };

export interface Shown {
  readonly community: Community;
  readonly sections: readonly SectionId[];
  /** What is written, by section. */
  readonly texts: ReadonlyMap<SectionId, string>;
  /** The day of the next review. */
  readonly review: string | null;
  readonly today: string;
  /** Whether one section was asked for, instead of the charter. */
  readonly alone: boolean;
  readonly link: string;
}

/** In characters. A card is for a look, the tab for reading; one section alone may be longer. */
const longestOfTwo = 700;
const longestAlone = 3_500;
const longestName = 80;
/** Guiding questions shown while a section is unwritten. */
const mostQuestions = 3;
const mostCoordinators = 6;

export function charterCard(shown: Shown, t: Translate): Card {
  return renderCard(template, cardData(shown, t));
}

/** What the template is filled with; `charter.sample.json` is an example. */
function cardData(shown: Shown, t: Translate) {
  const { community, sections, texts, alone, link } = shown;
  const name = shortened(community.name, longestName);
  const empty = !alone && texts.size === 0;
  const longest = alone ? longestAlone : longestOfTwo;

  return {
    fallback: t('fallback', { community: name }),
    title: t('title', { community: plain(name) }),
    invitation: empty ? t('invitation') : '',
    sections: empty
      ? []
      : sections.map(id => ({
          title: t(`method.${id}.title`),
          ...textOf(texts.get(id), t(`method.${id}.hint`), longest, t),
        })),
    questionsTitle: t('questions'),
    questions: empty || (alone && !sections.some(id => texts.has(id))) ? questionsOf(sections[0], t) : [],
    facts: alone ? [] : factsOf(shown, t),
    open: t(empty ? 'write' : 'open'),
    link,
  };
}

function textOf(
  text: string | undefined,
  hint: string,
  longest: number,
  t: Translate,
): { readonly text: string; readonly written: boolean } {
  return text === undefined
    ? { text: t('unwritten', { hint }), written: false }
    : { text: cardMarkdown(text, longest), written: true };
}

function questionsOf(section: SectionId | undefined, t: Translate): readonly { readonly text: string }[] {
  const questions = charterSections.find(({ id }) => id === section)?.questions ?? [];
  return questions
    .slice(0, mostQuestions)
    .map(question => ({ text: `- ${t(`method.${section}.question.${question}`)}` }));
}

function factsOf(
  { community, texts, review, today }: Shown,
  t: Translate,
): readonly { readonly title: string; readonly value: string }[] {
  const all = community.settings?.coordinators ?? [];
  const coordinators = all.slice(0, mostCoordinators).map(({ name }) => plain(shortened(name, longestName)));
  if (all.length > mostCoordinators) coordinators.push('…');
  const facts = [
    { title: t('facts.written'), value: t('facts.count', { count: texts.size, of: charterSections.length }) },
  ];
  if (coordinators.length > 0)
    facts.unshift({ title: t('facts.coordinators', { count: all.length }), value: coordinators.join(', ') });
  facts.push({
    title: t('facts.review'),
    value: review === null ? t('facts.noReview') : t(review < today ? 'facts.overdue' : 'facts.on', onDay(review)),
  });
  return facts;
}

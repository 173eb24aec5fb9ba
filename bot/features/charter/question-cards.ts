import type { CharterQuestion } from '../../../domain/charter/weekly-question.ts';
import type { Community } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import answeredTemplate from './cards/question-answered.card.json' with { type: 'json' };
import laterTemplate from './cards/question-later.card.json' with { type: 'json' };
import questionTemplate from './cards/question.card.json' with { type: 'json' };

const longestName = 80;
/** Longest answer, in characters; the tab takes whole sections. */
export const longestAnswer = 4_000;
const longestShown = 1_500;

interface Asked {
  readonly community: Community;
  readonly asked: CharterQuestion;
  readonly link: string;
}

/** One guiding question of a section that nobody has written, to be answered in the card. */
export function questionCard(shown: Asked & { readonly period: string }, t: Translate): Card {
  return renderCard(questionTemplate, questionData(shown, t));
}

/** `question.sample.json` is an example. */
function questionData({ community, period, asked, link }: Asked & { readonly period: string }, t: Translate) {
  const { section, question } = asked;
  const name = shortened(community.name, longestName);
  const title = t(`method.${section}.title`);
  return {
    data: { community: community.id, period, section, question },
    fallback: t('question.fallback', { community: name }),
    title: t('question.title', { community: plain(name), section: title }),
    intro: t('question.intro', { section: title }),
    question: t(`method.${section}.question.${question}`),
    label: t('question.label'),
    placeholder: t('question.placeholder'),
    longest: longestAnswer,
    keep: t('question.keep'),
    another: t('question.another'),
    open: t('open'),
    link,
    footer: t('question.footer'),
  };
}

/** What was written, and where it waits. */
export function answeredQuestionCard(shown: Asked & { readonly text: string }, t: Translate): Card {
  return renderCard(answeredTemplate, answeredData(shown, t));
}

/** `question-answered.sample.json` is an example. */
function answeredData(
  { community, asked: { section, question }, text, link }: Asked & { readonly text: string },
  t: Translate,
) {
  const name = shortened(community.name, longestName);
  return {
    fallback: t('question.fallback', { community: name }),
    title: t('question.thanks'),
    question: t(`method.${section}.question.${question}`),
    text: cardMarkdown(text, longestShown),
    where: t('question.kept', { section: t(`method.${section}.title`) }),
    open: t('open'),
    link,
  };
}

/** The question was put aside. */
export function laterCard({ community }: Pick<Asked, 'community'>, t: Translate): Card {
  return renderCard(laterTemplate, laterData({ community }, t));
}

/** `question-later.sample.json` is an example. */
function laterData({ community }: Pick<Asked, 'community'>, t: Translate) {
  return {
    fallback: t('question.fallback', { community: shortened(community.name, longestName) }),
    text: t('question.fine'),
  };
}

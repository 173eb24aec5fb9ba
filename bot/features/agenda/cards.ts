import { isOpen } from '../../../domain/agenda/question.ts';
import { heard } from '../../../domain/agenda/voices.ts';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import answerTemplate from './cards/answer.card.json' with { type: 'json' };
import nextTemplate from './cards/next.card.json' with { type: 'json' };
import questionTemplate from './cards/question.card.json' with { type: 'json' };
import type { AgendaParts } from './parts.ts';
import { hears, type Heard } from './store.ts';

/** In characters; together they keep the fullest card under 25 KB. */
const longestName = 40;
const longestCommunity = 60;
const longestDetails = 600;
const longestAnswer = 1_200;
const mostNames = 6;

interface Where {
  readonly community: ReadyCommunity;
  readonly links: AgendaParts['links'];
}

interface QuestionShown extends Where {
  readonly heard: Heard;
  /** Above it: why somebody sees it now, or what they have just said. */
  readonly lead?: string;
  /** Who alone reads it: whoever asked has nothing to press. */
  readonly reader?: Pick<Person, 'id'>;
}

/** A question with what is known about it, and the two buttons by which one joins in, as long as it is open. */
export function questionCard(shown: QuestionShown, t: Translate): Card {
  return renderCard(questionTemplate, questionData(shown, t));
}

/** `question.sample.json` is an example. */
function questionData({ community, heard: one, links, lead = '', reader }: QuestionShown, t: Translate) {
  const { question } = one;
  const { id, title, details, state, answer, byHand, askedBy, answeredBy } = question;
  return {
    fallback: t('card.fallback', { title }),
    lead,
    eyebrow: byHand
      ? t('card.eyebrowNobody', { community: plain(shortened(community.name, longestCommunity)) })
      : t('card.eyebrow', {
          name: nameOf(askedBy.name),
          community: plain(shortened(community.name, longestCommunity)),
        }),
    title: plain(title),
    details: plain(shortened(details, longestDetails)),
    state: state === 'parked' ? '' : t(`state.${state}`),
    answer:
      answer === ''
        ? ''
        : t('card.answer', { name: nameOf(answeredBy?.name ?? ''), answer: plain(shortened(answer, longestAnswer)) }),
    said: saidAbout(one, t),
    buttons: (reader === undefined ? isOpen(question) : hears(question, reader))
      ? (['me-too', 'can-help'] as const).map(says => ({
          title: t(`card.${says}`),
          data: { community: community.id, question: id, says },
        }))
      : [],
    open: t('open'),
    link: links.tab(community.id, `agenda/${id}`),
  };
}

/** "Two others ask the same. Gwen and Daniel can help." Empty where nobody has said anything. */
function saidAbout({ question, voices }: Heard, t: Translate): string {
  if (!isOpen(question)) return '';
  const { meToo, helpers } = heard(voices);
  const names = helpers.slice(0, mostNames).map(({ name }) => nameOf(name));
  const more = helpers.length - names.length;
  const scouts = question.scouts.slice(0, mostNames).map(({ name }) => nameOf(name));
  return [
    ...(meToo.length > 0 ? [t('card.asked', { count: meToo.length })] : []),
    ...(names.length > 0
      ? [
          t('card.help', {
            count: helpers.length,
            names: more > 0 ? [...names, t('card.more', { count: more })] : names,
          }),
        ]
      : []),
    ...(scouts.length > 0
      ? [
          question.backOn === null
            ? t('card.scouts', { count: scouts.length, names: scouts })
            : t('card.scoutsUntil', { count: scouts.length, names: scouts, ...onDay(question.backOn, nearDay) }),
        ]
      : []),
  ].join(' ');
}

interface AnswerShown extends Where {
  readonly question: Heard['question'];
  /** Why this person is asked. */
  readonly lead: string;
}

/** To somebody who offered to help, or went to look: a question, and room for an answer. */
export function answerCard({ community, question, lead, links }: AnswerShown, t: Translate): Card {
  return renderCard(answerTemplate, answerData({ community, question, lead, links }, t));
}

/** `answer.sample.json` is an example. */
function answerData({ community, question, lead, links }: AnswerShown, t: Translate) {
  return {
    community: community.id,
    question: question.id,
    fallback: t('card.fallback', { title: question.title }),
    lead,
    title: plain(question.title),
    details: plain(shortened(question.details, longestDetails)),
    label: t('answer.label'),
    placeholder: t('answer.placeholder'),
    reads: t('answer.reads'),
    save: t('answer.save'),
    why: t('answer.why', { community: plain(shortened(community.name, longestCommunity)) }),
    open: t('open'),
    link: links.tab(community.id, `agenda/${question.id}`),
    stop: t('stop'),
  };
}

/** To the channel: what shall we take up next? What most ask stands first; who joins in says so with a press. */
export function nextCard(
  { community, questions, links }: Where & { readonly questions: readonly Heard[] },
  t: Translate,
): Card {
  return renderCard(nextTemplate, nextData({ community, questions, links }, t));
}

/** `next.sample.json` is an example. */
function nextData({ community, questions, links }: Where & { readonly questions: readonly Heard[] }, t: Translate) {
  return {
    fallback: t('next.fallback'),
    title: t('next.title'),
    text: t('next.text'),
    questions: questions.map(({ question }) => ({
      title: plain(question.title),
      press: t('card.me-too'),
      label: t('next.label', { title: question.title }),
      data: { community: community.id, question: question.id, says: 'me-too', from: 'list' },
    })),
    open: t('open'),
    link: links.tab(community.id, 'agenda'),
  };
}

export function nameOf(name: string): string {
  return plain(shortened(name, longestName));
}

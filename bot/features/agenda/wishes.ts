import { chosenFrom, helpAsked, isNews, newsUntil, scoutsBack } from '../../../domain/agenda/days.ts';
import { isOpen } from '../../../domain/agenda/question.ts';
import { heard } from '../../../domain/agenda/voices.ts';
import { peopleInCharge, type Person } from '../../../domain/community.ts';
import { addMonths } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import type { Morning, Wish } from '../../feature.ts';
import { answerCard as plainCard } from '../../shared/answer.ts';
import { chooseKind } from './actions.ts';
import { answerCard, nameOf, questionCard } from './cards.ts';
import type { AgendaParts } from './parts.ts';
import { asPerson, readAgenda, type Heard } from './store.ts';

const newsKind = 'agenda.news';
const helpKind = 'agenda.help';
const scoutKind = 'agenda.scout';

/** In characters. */
const longestTitle = 80;
/** Until when it can be asked what comes next, as a day of the month. */
const lastDay = '10';

/**
 * To whoever asked: that somebody can help, and what the answer is. To whoever offered to help, or went to look: what
 * is still open of it. Once a month to those who look after the agenda: whether to ask the channel what comes next.
 * What somebody wrote into SharePoint by hand makes the app write to nobody.
 */
export function agendaWishes(parts: AgendaParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async morning => {
    const all = (await readAgenda(parts, morning.community)).filter(({ question }) => !question.byHand);
    return [
      ...all.flatMap(one => [...answerWishes(parts, morning, one), ...offerWishes(parts, morning, one)]),
      ...helpWishes(parts, morning, all),
      ...scoutWishes(parts, morning, all),
      ...(await chooseWishes(parts, morning, all)),
    ];
  };
}

/** To whoever asked, and who asked the same: they wanted to know, so it takes nothing from their week. */
function answerWishes({ links }: AgendaParts, { community, today }: Morning, one: Heard): readonly Wish[] {
  const { id, title, state, askedBy, answeredBy, answeredAt } = one.question;
  const { timeZone } = community.settings;
  if (state !== 'answered' || answeredAt === null || answeredBy === null) return [];
  if (!isNews(answeredAt, today, timeZone)) return [];
  const values = { title: shortened(title, longestTitle), name: answeredBy.name };
  const message = {
    kind: newsKind,
    period: `${id}/${answeredAt.slice(0, 19)}`,
    urgency: 'soon',
    until: newsUntil(answeredAt, timeZone),
    counted: false,
    agreed: true,
    card: t => questionCard({ community, heard: one, links, lead: t('agenda:news.answered') }, t),
    summary: t => t('news.answerSummary', values),
    line: t => t('agenda:news.answerLine', values),
  } satisfies Omit<Wish, 'to'>;
  return [askedBy, ...heard(one.voices).meToo]
    .filter(person => person.id !== answeredBy.id)
    .map((person): Wish => ({ ...message, to: { person: asPerson(person) } }));
}

/** To whoever asked: who can help. */
function offerWishes({ links }: AgendaParts, { community, today }: Morning, one: Heard): readonly Wish[] {
  const { question, voices } = one;
  const { timeZone } = community.settings;
  if (!isOpen(question)) return [];
  return voices
    .filter(({ says, at }) => says === 'can-help' && isNews(at, today, timeZone))
    .map(({ person, at }): Wish => {
      const values = { title: shortened(question.title, longestTitle), name: person.name };
      return {
        kind: newsKind,
        period: `${question.id}/${person.id}`,
        to: { person: asPerson(question.askedBy) },
        urgency: 'soon',
        until: newsUntil(at, timeZone),
        counted: false,
        agreed: true,
        card: t =>
          questionCard(
            {
              community,
              heard: one,
              links,
              lead: t('agenda:news.offered', { name: nameOf(person.name) }),
              reader: question.askedBy,
            },
            t,
          ),
        summary: t => t('news.offerSummary', values),
        line: t => t('agenda:news.offerLine', values),
      };
    });
}

function helpWishes(
  { links }: AgendaParts,
  { community, today, rest }: Morning,
  all: readonly Heard[],
): readonly Wish[] {
  return helpAsked(all, today, { timeZone: community.settings.timeZone, rest }).flatMap(
    ({ person, question, until }) => {
      const one = all.find(({ question: { id } }) => id === question.id);
      if (!one) return [];
      const values = { title: shortened(question.title, longestTitle), name: one.question.askedBy.name };
      const wish: Wish = {
        kind: helpKind,
        period: question.id,
        to: { person: asPerson(person) },
        urgency: 'sometime',
        until,
        card: t =>
          answerCard(
            { community, question: one.question, lead: t('agenda:help.lead', { name: nameOf(values.name) }), links },
            t,
          ),
        summary: t => t('help.summary', values),
        line: t => t('agenda:help.line', values),
      };
      return [wish];
    },
  );
}

function scoutWishes({ links }: AgendaParts, { community, today }: Morning, all: readonly Heard[]): readonly Wish[] {
  return scoutsBack(
    all.map(({ question }) => question),
    today,
  ).flatMap(question =>
    question.scouts.map((person): Wish => {
      const values = { title: shortened(question.title, longestTitle) };
      return {
        kind: scoutKind,
        period: `${question.id}/${question.backOn}`,
        to: { person: asPerson(person) },
        urgency: 'soon',
        until: addMonths(question.backOn ?? today, 2),
        again: { since: null },
        card: t => answerCard({ community, question, lead: t('agenda:scout.lead'), links }, t),
        summary: t => t('scout.summary', values),
        line: t => t('agenda:scout.line', values),
      };
    }),
  );
}

/** To those who took the learning agenda on, else to those who coordinate. */
async function chooseWishes(
  { roster, links }: AgendaParts,
  { community, today }: Morning,
  all: readonly Heard[],
): Promise<readonly Wish[]> {
  const questions = chosenFrom(all, today);
  if (questions.length === 0) return [];
  const members = await roster.members(community.id);
  const activists = members.filter(({ id }) =>
    (community.acceptances ?? []).some(({ role, person }) => role === 'agenda-activists' && person === id),
  );
  const people: readonly Person[] = activists.length > 0 ? activists : peopleInCharge(community, members);
  const month = today.slice(0, 7);
  const message = {
    kind: chooseKind,
    period: month,
    urgency: 'sometime',
    until: `${month}-${lastDay}`,
    card: t =>
      plainCard({
        community,
        title: t('agenda:choose.title'),
        text: [
          t('agenda:choose.text'),
          ...questions.map(({ question }) => `- ${plain(shortened(question.title, longestTitle))}`),
        ].join('\n'),
        primary: { title: t('agenda:choose.ask'), verb: 'agenda.ask', data: { month } },
        others: [{ title: t('agenda:stop'), verb: 'agenda.stop' }],
        page: { open: t('agenda:open'), link: links.tab(community.id, 'agenda') },
      }),
    summary: t => t('choose.title'),
    line: t => t('agenda:choose.line', { count: questions.length }),
  } satisfies Omit<Wish, 'to'>;
  return people.map((person): Wish => ({ ...message, to: { person: asPerson(person) } }));
}

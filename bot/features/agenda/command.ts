import { isOpen, longestQuestion, type QuestionState } from '../../../domain/agenda/question.ts';
import { byWeight, heard } from '../../../domain/agenda/voices.ts';
import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { cleanLine, shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command, type Passage } from '../../feature.ts';
import { answerCard as plainCard, answerLines } from '../../shared/answer.ts';
import type { Translate } from '../../text.ts';
import { nameOf, questionCard } from './cards.ts';
import type { AgendaParts } from './parts.ts';
import { findHeard, idFor, isOwn, keepQuestion, readAgenda, reading, type Heard } from './store.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestTitle = 90;
const mostRows = 10;

type Asked = Ask<ReadyCommunity>;

export function agendaCommands(parts: AgendaParts): readonly Command[] {
  return [
    command(reading, { name: 'agenda', about: 'command.agenda', run: ask => showAgenda(parts, ask) }),
    command(reading, {
      name: 'park',
      changes: true,
      takesQuestions: true,
      about: 'command.park',
      run: ask => park(parts, ask),
    }),
  ];
}

/** `park Who has a template for SPC charts?` */
async function park(parts: AgendaParts, ask: Asked): Promise<CardReply> {
  const title = cleanLine(ask.rest.replace(/^[\s:,–-]+/, ''));
  if (title === '') return { notice: ask.t('notice.parkWhat') };
  if (title.length > longestQuestion)
    return { notice: ask.t('notice.questionTooLong', { count: title.length, most: longestQuestion }) };
  return kept(parts, ask, { title, id: idFor(ask.who, ask.message, title) });
}

interface Keeping {
  readonly title: string;
  readonly id: string;
}

/** Keeps a question and shows it, or the one that asks the same. */
export async function kept(
  parts: AgendaParts,
  { who, community, place, t }: Pick<Asked, 'place' | 'who' | 'community' | 't'>,
  { title, id }: Keeping,
): Promise<CardReply> {
  const { heard: one, known } = await keepQuestion(parts, community, who, {
    question: { title, details: '', topics: [] },
    id,
    link: null,
  });
  return {
    card: questionCard(
      {
        community,
        heard: one,
        links: parts.links,
        lead: leadOf(one, { known, who, place }, t),
        ...readerOf({ who, place }),
      },
      t,
    ),
  };
}

/** In their own chat nobody else reads what the bot says. */
function readerOf({ who, place }: Pick<Asked, 'who' | 'place'>): { readonly reader?: Person } {
  return place === 'chat' ? { reader: who } : {};
}

/** What became of a question that somebody wanted kept. */
export function leadOf(
  { question }: Heard,
  { known, who, place }: Pick<Asked, 'place'> & { readonly known: boolean; readonly who: Pick<Person, 'id'> },
  t: Translate,
): string {
  if (!known) return t(place === 'channel' ? 'kept.newHere' : 'kept.new');
  if (!isOpen(question)) return t('kept.answered');
  return isOwn(question, who) ? t('kept.own') : t('kept.known');
}

/** What is on the way to an answer; of a question that is named, that one. */
async function showAgenda(parts: AgendaParts, { who, community, place, found, t }: Asked): Promise<CardReply> {
  const named = found?.named.find(({ kind }) => kind === 'question');
  if (named)
    return {
      card: questionCard(
        {
          community,
          heard: await findHeard(parts, community, named.id),
          links: parts.links,
          ...readerOf({ who, place }),
        },
        t,
      ),
    };
  const open = (await readAgenda(parts, community)).filter(({ question }) => isOpen(question));
  const shown = inOrder(open).slice(0, mostRows);
  return {
    card: plainCard({
      community,
      title: t('list.title', { count: open.length }),
      text:
        open.length === 0
          ? t('list.how')
          : answerLines(
              shown.map(one => ({
                title: plain(shortened(one.question.title, longestTitle)),
                value: detailOf(one, t),
              })),
            ),
      page: { open: t('open'), link: parts.links.tab(community.id, 'agenda') },
    }),
  };
}

const order: readonly QuestionState[] = ['planned', 'next', 'parked'];

/** What is planned first, and then what most ask. */
function inOrder(open: readonly Heard[]): readonly Heard[] {
  return open
    .map(one => ({ one, weight: { ...one.question, meToo: heard(one.voices).meToo.length } }))
    .toSorted(
      (one, other) =>
        order.indexOf(one.weight.state) - order.indexOf(other.weight.state) || byWeight(one.weight, other.weight),
    )
    .map(({ one }) => one);
}

function detailOf({ question, voices }: Heard, t: Translate): string {
  const { meToo } = heard(voices);
  return [
    ...(question.byHand ? [] : [nameOf(question.askedBy.name)]),
    ...(meToo.length > 0 ? [t('list.asked', { count: meToo.length })] : []),
    ...(question.state === 'parked' ? [] : [t(`state.${question.state}`)]),
  ].join(' · ');
}

/** Questions by their words: what was answered answers whoever asks it again. */
export function agendaPassages(parts: Pick<AgendaParts, 'lists'>) {
  return async ({ community }: { readonly community: Pick<ReadyCommunity, 'id'> }): Promise<readonly Passage[]> =>
    (await readAgenda(parts, community))
      .filter(({ question }) => question.state !== 'let-go')
      .map(({ question: { id, title, details, topics, answer } }) => ({
        kind: 'question',
        id,
        title,
        text: [details, answer, ...topics].filter(text => text !== '').join('\n'),
        typed: `agenda ${title}`,
      }));
}

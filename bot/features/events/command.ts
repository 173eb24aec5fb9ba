import type { ReadyCommunity } from '../../../domain/community.ts';
import { isBeforeMove, whoSaid } from '../../../domain/events/attendance.ts';
import { nextEvents, takesAnswers } from '../../../domain/events/event.ts';
import { localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command, type Passage } from '../../feature.ts';
import { answerCard, answerLines } from '../../shared/answer.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { myRow, readAttendance } from './attendance.ts';
import { eventCard } from './cards.ts';
import { mayAnswer } from './invited.ts';
import type { EventsParts } from './parts.ts';
import { mayEditIt, pastEvents, readEvents, reading, type PlannedEvent } from './store.ts';
import { whenOf } from './when.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestTitle = 90;
const mostRows = 8;

type Asked = Ask<ReadyCommunity>;

export function eventsCommands(parts: EventsParts): readonly Command[] {
  return [
    command(reading, { name: 'events', about: 'command.events', run: ask => showEvents(parts, ask) }),
    command(reading, { name: 'next', about: 'command.next', run: ask => showNext(parts, ask) }),
    command(reading, {
      name: 'cancel event',
      changes: true,
      showsFirst: true,
      about: 'command.cancel',
      run: ask => askToCancel(parts, ask),
    }),
  ];
}

/**
 * The next event with its three buttons; of one that is named by its title or its day, that one. Whoever says that they
 * come, or do not, answers by pressing: what a sentence means is never so sure that it is told to others.
 */
async function showNext(parts: EventsParts, ask: Asked): Promise<CardReply> {
  const { community, place, t } = ask;
  const events = await readEvents(parts, community);
  const { event, sorry } = meantEvent(ask, events, parts.clock());
  if (!event) return { card: nothingNext(parts, ask, events) };
  const rows = await readAttendance(parts, community, event.id);
  // In a channel everybody has the same copy before them.
  const mine = place === 'chat' ? await saidSoFar(parts, ask, event) : '';
  const lead = [sorry === null ? '' : t('list.notThen', onDay(sorry, nearDay)), mine].filter(Boolean).join(' ');
  return { card: eventCard({ community, event, rows, now: parts.clock(), links: parts.links, lead }, t) };
}

/**
 * What the reader answered to the moment it has now, or that they have not yet; empty when that cannot be said any
 * more.
 */
async function saidSoFar(parts: EventsParts, { community, who, t }: Asked, event: PlannedEvent): Promise<string> {
  const mine = await myRow(parts, community, event.id, who);
  if (mine?.says && !isBeforeMove(mine, event)) return t(`said.${mine.says}`);
  const asks = takesAnswers(event, parts.clock()) && (await mayAnswer(parts, community, event, who));
  return asks ? t('said.none') : '';
}

/**
 * Which announced event a sentence is about: one that it names, the first one on the day that it says, or else the next
 * one; `sorry` is the day on which there is none.
 */
function meantEvent(
  { found, community }: Pick<Asked, 'found' | 'community'>,
  events: readonly PlannedEvent[],
  now: Date,
): { readonly event: PlannedEvent | undefined; readonly sorry: string | null } {
  const coming = nextEvents(events, now);
  const isOn = ({ startsAt }: PlannedEvent): boolean =>
    localDay(new Date(startsAt), community.settings.timeZone) === found?.day;
  const named = found?.named.filter(({ kind }) => kind === 'event') ?? [];
  const called = events.filter(({ id }) => named.some(one => one.id === id));
  const event = called.find(isOn) ?? called[0] ?? coming.find(isOn);
  if (event) return { event, sorry: null };
  return { event: coming[0], sorry: found?.day ?? null };
}

/** Asks before anything is cancelled; whoever may not cancel it is told who may. */
async function askToCancel(parts: EventsParts, ask: Asked): Promise<CardReply> {
  const { community, who, t } = ask;
  const events = await readEvents(parts, community);
  const { event, sorry } = meantEvent(ask, events, parts.clock());
  const page = { open: t('open'), link: parts.links.tab(community.id, 'events') };
  // On a day without an event nothing else is offered: the next one may be the wrong one.
  if (!event) return { card: nothingNext(parts, ask, events), outcome: 'nothing' };
  if (sorry !== null)
    return {
      card: answerCard({ community, title: t('cancel.notThen', onDay(sorry, nearDay)), page }),
      outcome: 'nothing',
    };
  const values = { title: plain(shortened(event.title, longestTitle)), ...whenOf(event, community) };
  if (!mayEditIt(event, who, community))
    return { card: answerCard({ community, title: t('cancel.mayNot', values), page }), outcome: 'refused' };
  const told = whoSaid(await readAttendance(parts, community, event.id), 'coming', 'maybe').length;
  return {
    card: answerCard({
      community,
      title: t('cancel.title', values),
      text: t('cancel.told', { count: told }),
      primary: { title: t('cancel.press'), verb: 'events.cancel', data: { event: event.id } },
      page,
    }),
    outcome: 'nothing',
  };
}

function nothingNext(parts: EventsParts, { community, t }: Asked, events: readonly PlannedEvent[]) {
  const [last] = pastEvents(events, parts.clock());
  return answerCard({
    community,
    title: t('list.nothing'),
    text: last ? t('list.last', { title: plain(last.title), ...whenOf(last, community) }) : '',
    page: { open: t('open'), link: parts.links.tab(community.id, 'events') },
  });
}

async function showEvents(parts: EventsParts, ask: Asked): Promise<CardReply> {
  const { community, t } = ask;
  const events = await readEvents(parts, community);
  const coming = nextEvents(events, parts.clock());
  if (coming.length === 0) return { card: nothingNext(parts, ask, events) };
  return {
    card: answerCard({
      community,
      title: t('list.title', { count: coming.length }),
      text: answerLines(
        coming.slice(0, mostRows).map(event => ({
          title: plain(shortened(event.title, longestTitle)),
          value: t('when', whenOf(event, community)),
        })),
      ),
      page: { open: t('open'), link: parts.links.tab(community.id, 'events') },
    }),
  };
}

/** Events by their titles: those that are announced and not over. */
export function eventPassages(parts: EventsParts) {
  return async ({ community }: { readonly community: Pick<ReadyCommunity, 'id'> }): Promise<readonly Passage[]> =>
    nextEvents(await readEvents(parts, community), parts.clock()).map(({ id, title, place, agenda }) => ({
      kind: 'event',
      id,
      title,
      text: [place, ...agenda.map(line => line.title)].filter(text => text !== '').join('\n'),
      typed: 'next',
    }));
}

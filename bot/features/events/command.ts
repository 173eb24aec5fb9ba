import type { ReadyCommunity } from '../../../domain/community.ts';
import { nextEvents } from '../../../domain/events/event.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { command, type Ask, type CardReply, type Command, type Passage } from '../../feature.ts';
import { answerCard, answerLines } from '../../shared/answer.ts';
import { myRow, readAttendance } from './attendance.ts';
import { eventCard } from './cards.ts';
import type { EventsParts } from './parts.ts';
import { pastEvents, readEvents, reading, type PlannedEvent } from './store.ts';
import { whenOf } from './when.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestTitle = 90;
const mostRows = 8;

type Asked = Ask<ReadyCommunity>;

export function eventsCommands(parts: EventsParts): readonly Command[] {
  return [
    command(reading, { name: 'events', about: 'command.events', run: ask => showEvents(parts, ask) }),
    command(reading, { name: 'next', about: 'command.next', run: ask => showNext(parts, ask) }),
  ];
}

/** The next event with its three buttons; of one that is named by its title, that one. */
async function showNext(parts: EventsParts, ask: Asked): Promise<CardReply> {
  const { community, who, place, t } = ask;
  const events = await readEvents(parts, community);
  const named = ask.found?.named.find(({ kind }) => kind === 'event');
  const event = events.find(({ id }) => id === named?.id) ?? nextEvents(events, parts.clock())[0];
  if (!event) return { card: nothingNext(parts, ask, events) };
  const rows = await readAttendance(parts, community, event.id);
  // In a channel everybody has the same copy before them.
  const mine = place === 'chat' ? (await myRow(parts, community, event.id, who))?.says : undefined;
  const lead = mine ? t(`said.${mine}`) : '';
  return { card: eventCard({ community, event, rows, now: parts.clock(), links: parts.links, lead }, t) };
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

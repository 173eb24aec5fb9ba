import { peopleInCharge, type Person, type ReadyCommunity } from '../../../domain/community.ts';
import { whoSaid } from '../../../domain/events/attendance.ts';
import { asksUntil, isReminderDay, preparation } from '../../../domain/events/days.ts';
import { endOf, hasBegun, lastWords } from '../../../domain/events/event.ts';
import { localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import type { Morning, Wish } from '../../feature.ts';
import { afterShown } from './asking.ts';
import { readAttendance } from './attendance.ts';
import { afterCard, eventCard, prepareCard } from './cards.ts';
import { invitedTo } from './invited.ts';
import type { EventsParts } from './parts.ts';
import { silenceWishes } from './silence.ts';
import { asPerson, readEvents, type PlannedEvent } from './store.ts';
import { whenOf } from './when.ts';

export const prepareKind = 'events.prepare';
export const afterKind = 'events.after';
const inviteKind = 'events.invite';
const soonKind = 'events.soon';

/** In characters. */
const longestTitle = 90;
/** A draft that nobody has announced by then is asked about, in working days before the event. */
const announceBy = 5;

/** Names the questions of one round among all messages. */
export function preparePeriod({ id }: Pick<PlannedEvent, 'id'>, round: number): string {
  return `${id}/${round}`;
}

/**
 * To hosts what is still to be prepared, and, when it is over, how it was; to those who are invited by name or as a
 * group the event; to those who come a word on the working day before. What somebody wrote into SharePoint by hand
 * makes the app write to nobody.
 */
export function eventsWishes(parts: EventsParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async morning => {
    const events = (await readEvents(parts, morning.community)).filter(({ byHand }) => !byHand);
    const wishes: Wish[] = [...(await silenceWishes(parts, morning, events))];
    for (const event of events) {
      const isOpen = event.state === 'draft' || event.state === 'announced';
      if (!isOpen) continue;
      if (hasBegun(event, morning.now)) {
        wishes.push(...(await afterWishes(parts, morning, event)));
        continue;
      }
      wishes.push(
        ...(await prepareWishes(parts, morning, event, events)),
        ...(event.state === 'announced' ? await invitationWishes(parts, morning, event) : []),
      );
    }
    return wishes;
  };
}

/** Who hosts it and is in the team, else those who answer for the community. */
async function hostsOf(
  { roster }: EventsParts,
  community: ReadyCommunity,
  { hosts }: PlannedEvent,
): Promise<readonly Person[]> {
  const members = await roster.members(community.id);
  const here = hosts.filter(({ id }) => members.some(member => member.id === id));
  return here.length > 0 ? here : peopleInCharge(community, members);
}

async function prepareWishes(
  parts: EventsParts,
  { community, today, rest }: Morning,
  event: PlannedEvent,
  events: readonly PlannedEvent[],
): Promise<readonly Wish[]> {
  const asked = preparation(event, today, { timeZone: community.settings.timeZone, rest });
  if (asked === null) return [];
  const { round, open, until } = asked;
  if (open.length === 0 && (event.state !== 'draft' || round > announceBy)) return [];
  const lastTimes = lastWords(event, events);
  const message = {
    kind: prepareKind,
    period: preparePeriod(event, round),
    urgency: 'soon',
    until,
    agreed: true,
    card: t => prepareCard({ community, event, open, lastTimes, links: parts.links }, t),
    summary: t => t('prepare.summary', wordsAbout(event, community)),
    line: t =>
      t(open.length === 0 ? 'events:prepare.lineDraft' : 'events:prepare.line', {
        count: open.length,
        ...wordsAbout(event, community),
      }),
    expires: new Date(event.startsAt),
  } satisfies Omit<Wish, 'to'>;
  return (await hostsOf(parts, community, event)).map((person): Wish => ({ ...message, to: { person } }));
}

/**
 * To those who come, or may, on the day before; and to those whom no card in a channel reaches, that there is an
 * event.
 */
async function invitationWishes(parts: EventsParts, morning: Morning, event: PlannedEvent): Promise<readonly Wish[]> {
  const { community, now, rest } = morning;
  const { timeZone } = community.settings;
  const isSoon = isReminderDay(event, now, { timeZone, rest });
  const isForAll = event.audience === 'everybody';
  if (!isSoon && isForAll) return [];
  const rows = await readAttendance(parts, community, event.id);
  const until = localDay(new Date(event.startsAt), timeZone);
  const shown = { community, event, rows, now, links: parts.links, inChat: true };
  const common = { until, expires: endOf(event) };
  const coming = isSoon ? whoSaid(rows, 'coming', 'maybe') : [];
  const answered = new Set(rows.flatMap(({ says, person }) => (says === null || person === null ? [] : [person.id])));
  const invited = isForAll ? [] : await invitedTo(parts, community, event);
  return [
    ...coming.flatMap(({ person, says }): readonly Wish[] =>
      person === null
        ? []
        : [
            {
              ...common,
              kind: soonKind,
              period: `${event.id}/${event.startsAt}`,
              to: { person: asPerson(person) },
              urgency: 'now',
              counted: false,
              agreed: true,
              card: t =>
                eventCard({ ...shown, lead: t(`events:soon.${says ?? 'maybe'}`, wordsAbout(event, community)) }, t),
              summary: t => t('soon.summary', wordsAbout(event, community)),
              line: t => t('events:soon.line', wordsAbout(event, community)),
            },
          ],
    ),
    ...invited
      .filter(({ id }) => !answered.has(id))
      .map(
        (person): Wish => ({
          ...common,
          kind: inviteKind,
          period: event.id,
          to: { person },
          urgency: 'soon',
          card: t => eventCard(shown, t),
          summary: t => t('invite.summary', wordsAbout(event, community)),
          line: t => t('events:invite.line', wordsAbout(event, community)),
        }),
      ),
  ];
}

async function afterWishes(
  parts: EventsParts,
  { community, now, today }: Morning,
  event: PlannedEvent,
): Promise<readonly Wish[]> {
  const until = asksUntil(event, now, community.settings.timeZone);
  if (event.state !== 'announced' || until === null || until < today) return [];
  const shown = await afterShown(parts, community, event);
  const message = {
    kind: afterKind,
    period: event.id,
    urgency: 'soon',
    until,
    agreed: true,
    card: t => afterCard(shown, t),
    summary: t => t('after.title', { title: event.title }),
    line: t => t('events:after.line', wordsAbout(event, community)),
  } satisfies Omit<Wish, 'to'>;
  return (await hostsOf(parts, community, event)).map((person): Wish => ({ ...message, to: { person } }));
}

/** For a line of a card, which escapes it, and for a notification, which reads no Markdown. */
function wordsAbout(event: PlannedEvent, community: ReadyCommunity): Readonly<Record<string, unknown>> {
  return { title: shortened(event.title, longestTitle), ...whenOf(event, community) };
}

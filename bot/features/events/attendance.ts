import { createHash } from 'node:crypto';
import type { Community, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { NotedAttendance } from '../../../domain/events/api.ts';
import {
  countsOf,
  guestName,
  isBeforeMove,
  mergedGuests,
  nothingSaid,
  type Appetite,
  type Attendance,
  type EventAnswer,
  type Guest,
  type WasThere,
} from '../../../domain/events/attendance.ts';
import { takesAnswers } from '../../../domain/events/event.ts';
import { change } from '../../lists/list.ts';
import type { AttendanceRow } from '../../lists/model.ts';
import type { EventsParts } from './parts.ts';
import { asPerson, type PlannedEvent } from './store.ts';

type Kept = Pick<EventsParts, 'lists'>;

/** Everybody of one event, guests too. */
export async function readAttendance(
  { lists }: Kept,
  community: Pick<Community, 'id'>,
  event: string,
): Promise<readonly AttendanceRow[]> {
  return (await lists.of(community.id).attendance.all({ event })).map(({ value }) => value);
}

export async function myRow(
  { lists }: Kept,
  community: Pick<Community, 'id'>,
  event: string,
  who: Person,
): Promise<AttendanceRow | undefined> {
  return (await lists.of(community.id).attendance.find(personKey(event, who)))?.value;
}

export interface Answering {
  readonly says: EventAnswer;
  /** Null where nobody was asked. */
  readonly appetite: Appetite | null;
}

/**
 * Keeps what somebody answers, in the place of what they said before. Whose answer it is comes from who pressed.
 * @returns false when the event takes no answers now
 */
export async function keepAnswer(
  { lists, clock }: Pick<EventsParts, 'lists' | 'clock'>,
  community: ReadyCommunity,
  { event, who }: { readonly event: PlannedEvent; readonly who: Person },
  { says, appetite }: Answering,
): Promise<boolean> {
  const now = clock();
  if (!takesAnswers(event, now)) return false;
  const key = personKey(event.id, who);
  await change(lists.of(community.id).attendance, key, current => {
    const wanted = appetite ?? current?.appetite ?? null;
    if (current?.says === says && current.appetite === wanted && !isBeforeMove(current, event)) return undefined;
    const before = current ?? { ...nothingSaid, key, event: event.id };
    return { ...before, person: asPerson(who), says, saidAt: now.toISOString(), appetite: wanted };
  });
  return true;
}

/**
 * Notes who was there: people of the team, or whose row is known, and guests, of whom two of one name and organisation
 * are one. What is noted already is not written again, so it may be repeated. Throws `invalid` for a stranger.
 */
export async function keepPresence(
  { lists, roster }: Pick<EventsParts, 'lists' | 'roster'>,
  community: ReadyCommunity,
  event: string,
  { people, guests }: NotedAttendance,
): Promise<readonly AttendanceRow[]> {
  const { attendance } = lists.of(community.id);
  const known = new Map((await readAttendance({ lists }, community, event)).map(row => [row.key, row]));
  const members = new Map((await roster.members(community.id)).map(member => [member.id, asPerson(member)]));
  const note = async (key: string, fresh: Omit<Attendance, 'was'>, was: WasThere): Promise<void> => {
    // Who neither answered nor came is no row of this event.
    const before = known.get(key);
    if (before?.was === was || (before === undefined && was !== 'yes')) return;
    const made = before ? undefined : await attendance.create({ key, event, ...fresh, was });
    // Somebody else, or they themselves, may have written it meanwhile.
    const kept = made?.created
      ? made.row
      : await change(attendance, key, current => ({ ...(current ?? { key, event, ...fresh }), was }));
    if (kept) known.set(key, kept.value);
  };
  const whole = people.map(({ id, was }) => {
    const key = personKey(event, { id });
    const person = members.get(id) ?? known.get(key)?.person;
    if (!person)
      throw new CommunityError('invalid', 'somebody who is not in the team is a guest', { fields: ['people'] });
    return { key, person, was };
  });
  for (const { key, person, was } of whole) await note(key, { ...nothingSaid, person }, was);
  for (const { name, organisation, was } of eachGuestOnce(guests))
    await note(
      guestKey(event, { name, organisation }),
      { ...nothingSaid, person: null, guest: name, organisation },
      was,
    );
  return [...known.values()];
}

/** How many were there, for the event itself. */
export function howMany(rows: readonly Attendance[]): number {
  return countsOf(rows).there;
}

/** Somebody may be taken back and noted anew in one go: the last word counts. */
function eachGuestOnce(guests: NotedAttendance['guests']): NotedAttendance['guests'] {
  const last = new Map(guests.map(guest => [guestName(guest), guest.was]));
  return mergedGuests(guests).map(({ name, organisation }) => ({
    name,
    organisation,
    was: last.get(guestName({ name, organisation })) ?? 'yes',
  }));
}

function personKey(event: string, { id }: Pick<Person, 'id'>): string {
  return `${event}/${id}`;
}

/** A key has room for 255 characters, and a name for nobody's eyes. */
function guestKey(event: string, guest: Guest): string {
  return `${event}/guest/${createHash('sha256').update(guestName(guest)).digest('hex').slice(0, 32)}`;
}

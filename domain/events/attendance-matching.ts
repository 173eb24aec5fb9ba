import publicProviders from 'email-providers/all.json' with { type: 'json' };
import type { Person } from '../community.ts';
import { localTime } from '../schedule.ts';
import type { AttendanceReport, Attendee } from './attendance-report.ts';
import { keysOfName, lookupsOf } from './folded-names.ts';

/** Somebody of the community, as a report is compared with it. */
export interface Expected extends Person {
  /** Addresses and principal names, as Microsoft 365 knows them; none where they are not known. */
  readonly addresses: readonly string[];
  /** What they answered to the event; null for nothing. */
  readonly says: 'coming' | 'maybe' | 'not' | null;
  /** What is noted of them so far. */
  readonly was: 'yes' | 'no' | 'unknown';
}

/** Somebody of the community who was in the meeting. */
interface Present {
  readonly person: Person;
  readonly minutes: number;
  /** What in the report told who they are. */
  readonly by: 'address' | 'name';
}

/** Somebody who was there and is not of the community. */
interface PresentGuest {
  /** As they called themselves; of a telephone number no more than its end. */
  readonly name: string;
  /** The domain of their address; empty for none, and for a provider of mail for everybody. */
  readonly organisation: string;
  readonly minutes: number;
}

/** Somebody who may be one of several people, or a guest: whoever reads it chooses. */
interface Unsure extends PresentGuest {
  readonly candidates: readonly Person[];
}

export interface Matched {
  readonly was: readonly Present[];
  /** Who answered that they come, or may, and was not in the meeting. */
  readonly missing: readonly Person[];
  readonly guests: readonly PresentGuest[];
  readonly unsure: readonly Unsure[];
}

/** When an event was to be. */
export interface Appointed {
  /** ISO instant. */
  readonly startsAt: string;
  readonly minutes: number;
  /** Of the community. */
  readonly timeZone: string;
}

/**
 * How far a meeting may lie from its event, in milliseconds: what there can be between the clock of the community and
 * that of whoever downloaded the report, which has no zone. The same hour of the day before is further away.
 */
const farthest = 14 * 3_600_000;

/** When an event begins by the clock of its community, as a report writes it: ISO without a zone. */
export function localStart({ startsAt, timeZone }: Appointed): string {
  return localTime(new Date(startsAt), timeZone, 'second').replace(' ', 'T');
}

/** Whether a report is of a meeting on another day. One that does not say when it was is taken for the right one. */
export function isOfAnotherMeeting(
  { startedAt, endedAt, utc }: AttendanceReport['meeting'],
  event: Appointed,
): boolean {
  if (startedAt === undefined) return false;
  const [from, to] = [startedAt, endedAt ?? startedAt].map(time => Date.parse(`${time}Z`)) as [number, number];
  const start = Date.parse(utc ? event.startsAt : `${localStart(event)}Z`);
  const end = start + event.minutes * 60_000;
  return from - end > farthest || start - to > farthest;
}

/** How many people are offered for one name. */
const mostCandidates = 8;
/** In characters, as guests are kept. */
const longestName = 100;

/**
 * Who of a report is who in the community: by address, then by name. A name alone decides only where it can be nobody
 * else's: not between two people who are called the same, and not for somebody whose address is of another
 * organisation.
 *
 * Whoever is in the report was there, whatever they answered. Whoever is not in it, and said that they come or may,
 * was not, if the meeting was online alone and nobody has noted that they were: a report does not know who sat
 * together in a room. About everybody else it says nothing.
 */
export function matched(
  report: Pick<AttendanceReport, 'people'>,
  community: readonly Expected[],
  mode: 'online' | 'room' | 'both',
): Matched {
  const known = indexOf(community);
  const present = new Map<string, { person: Person; minutes: number; by: 'address' | 'name' }>();
  const claims: { readonly attendee: Attendee; readonly person: Expected }[] = [];
  const unsure: Unsure[] = [];
  const guests: PresentGuest[] = [];
  const note = ({ id, name }: Person, { minutes }: Attendee, by: Present['by']): void => {
    const before = present.get(id);
    // The same person on another device, without signing in: nobody knows which minutes are the same.
    if (before) before.minutes = Math.max(before.minutes, minutes);
    else present.set(id, { person: { id, name }, minutes, by });
  };
  const ask = (attendee: Attendee, people: readonly Person[]): void => {
    const candidates = people.slice(0, mostCandidates).map(({ id, name }) => ({ id, name }));
    unsure.push({ ...guestOf(attendee), candidates });
  };

  const rest: Attendee[] = [];
  for (const attendee of report.people) {
    const person = addressesOf(attendee)
      .map(address => known.byAddress.get(address))
      .find(one => one !== undefined);
    if (person) note(person, attendee, 'address');
    else rest.push(attendee);
  }
  for (const attendee of rest) {
    const found = attendee.phone ? { sure: false, people: [] } : byName(attendee.name, known);
    const [person, ...others] = found.people;
    if (!person) guests.push(guestOf(attendee));
    else if (others.length > 0 || !found.sure || isFromElsewhere(attendee, known)) ask(attendee, found.people);
    else claims.push({ attendee, person });
  }
  for (const [person, same] of Map.groupBy(claims, claim => claim.person)) {
    // Two accounts of one name, or one that is not the person's who is there already: they may be two people.
    const accounts = same.filter(({ attendee }) => attendee.address !== null);
    const areSeveral = accounts.length > (present.has(person.id) ? 0 : 1);
    for (const { attendee } of same) {
      if (areSeveral && attendee.address !== null) ask(attendee, [person]);
      else note(person, attendee, 'name');
    }
  }

  const asked = new Set(unsure.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const missing = community.filter(
    ({ id, says, was }) =>
      mode === 'online' &&
      was !== 'yes' &&
      (says === 'coming' || says === 'maybe') &&
      !present.has(id) &&
      !asked.has(id),
  );
  return { was: [...present.values()], missing: missing.map(({ id, name }) => ({ id, name })), guests, unsure };
}

interface Known {
  readonly byAddress: ReadonlyMap<string, Expected>;
  /** Of the community's own addresses. */
  readonly domains: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly Expected[]>;
}

function indexOf(community: readonly Expected[]): Known {
  const byAddress = new Map<string, Expected>();
  const byName = new Map<string, Expected[]>();
  for (const person of community) {
    for (const address of person.addresses.flatMap(sameAddresses)) byAddress.set(address, person);
    for (const key of keysOfName(person.name)) {
      const same = byName.get(key);
      if (same) same.push(person);
      else byName.set(key, [person]);
    }
  }
  const domains = new Set([...byAddress.keys()].map(domainOf).filter(domain => !isPublic(domain)));
  return { byAddress, domains, byName };
}

/** In small letters. A guest of a tenant is known there by their own address, written into a name of the tenant's. */
function sameAddresses(address: string): readonly string[] {
  const plain = address
    .trim()
    .replace(/^(?:mailto|smtp):/i, '')
    .toLowerCase();
  if (!plain.includes('@')) return [];
  const invited = /^(.+)_([^_@]+)#ext#@/.exec(plain);
  return invited ? [plain, `${invited[1]}@${invited[2]}`] : [plain];
}

function addressesOf({ address, aliases }: Attendee): readonly string[] {
  return [...(address === null ? [] : [address]), ...aliases].flatMap(sameAddresses);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

const providers: ReadonlySet<string> = new Set(publicProviders);

/** Whether everybody can have an address there, so that it says nothing about where somebody belongs. */
function isPublic(domain: string): boolean {
  return providers.has(domain);
}

/** Somebody with an address of a place that nobody of the community has one of. */
function isFromElsewhere(attendee: Attendee, { domains }: Known): boolean {
  const own = addressesOf(attendee).map(domainOf);
  if (own.length === 0) return false;
  return domains.size === 0 ? attendee.guest : !own.some(domain => domains.has(domain));
}

function guestOf({ name, address, aliases, minutes, phone }: Attendee): PresentGuest {
  const domains = (address === null ? [] : [address, ...aliases])
    .map(one => sameAddresses(one).at(-1) ?? one)
    .map(domainOf)
    .filter(domain => !isPublic(domain));
  return {
    name: phone ? `…${name.replace(/\D/g, '').slice(-3)}` : shortened(name),
    organisation: shortened(domains[0] ?? ''),
    minutes,
  };
}

function shortened(text: string): string {
  return text.slice(0, longestName).toWellFormed().trim();
}

/** The people whom the surest way to look for a name finds. */
function byName(name: string, known: Known): { readonly sure: boolean; readonly people: readonly Expected[] } {
  for (const { key, sure } of lookupsOf(name)) {
    const people = known.byName.get(key);
    if (people) return { sure, people };
  }
  return { sure: false, people: [] };
}

import { localDay } from '../schedule.ts';
import { z } from 'zod';
import { Day, Person } from '../community.ts';
import type { Translate } from '../locale.ts';
import { coordinatorRole, methodRoles, sponsorRole } from './method.ts';
import { identifier, line, prose, remark } from '../text.ts';

/** Longest note with a holding, and longest purpose of an own role, in characters. */
export const longestNote = 500;
export const longestTitle = 80;
/** Of somebody outside the organisation. */
export const longestName = 100;
export const longestMail = 150;
/** Most roles a community adds of its own. */
export const mostOwnRoles = 20;

/**
 * Who holds a role: somebody of the team by their Entra id, or, with a mail address, somebody outside it whose id is
 * made from that address. Nobody looks them up: they are who the coordinators say.
 */
export const Holder = z.object({
  id: identifier(200).min(1),
  name: line(256),
  mail: z.email().max(longestMail).nullable(),
});
export type Holder = z.infer<typeof Holder>;

export const holdingStates = ['volunteered', 'accepted', 'ended'] as const;

/**
 * What a coordinator says about a holding. The last day is the end of an agreement, not of a right: see {@link termOf}.
 */
export const Term = z
  .object({ since: Day, until: Day.nullable(), note: prose(longestNote) })
  .refine(({ since, until }) => until === null || until >= since, {
    error: 'expected a last day on or after the first',
    path: ['until'],
  });
export type Term = z.infer<typeof Term>;

/** Somebody who holds a role now, or offers to. */
export const HoldingOnBoard = z.object({
  person: Holder,
  /** The first day, or the day of the offer; null for a coordinator of whom only the settings know. */
  since: Day.nullable(),
  until: Day.nullable(),
  note: z.string(),
  term: z.enum(['open', 'running', 'ending', 'over']),
  /** Whether they have left the team: then they hold nothing any more, until somebody tidies up. */
  left: z.boolean(),
  etag: z.string().nullable(),
});
export type HoldingOnBoard = z.infer<typeof HoldingOnBoard>;

export const RoleOnBoard = z.object({
  id: z.string(),
  kind: z.enum(['key', 'leadership', 'more', 'own']),
  title: z.string(),
  purpose: z.string(),
  questions: z.array(z.string()),
  /** The documents of the method it comes from; none for an own role. */
  sources: z.array(z.string()),
  holders: z.array(HoldingOnBoard),
  volunteers: z.array(HoldingOnBoard),
  /** Nobody of the team (or from outside, for the sponsor) holds it. */
  vacant: z.boolean(),
  /** Of an own role: what its title and purpose are saved with. */
  etag: z.string().optional(),
});
export type RoleOnBoard = z.infer<typeof RoleOnBoard>;

/** A role with who holds it, before it is said in somebody's language. */
export interface BoardRole extends Omit<RoleOnBoard, 'title' | 'purpose' | 'questions' | 'sources' | 'etag'> {
  /** The community's words for a role of its own; null for one of the method, whose words are in `text.<language>.json`. */
  readonly own: OwnRole | null;
  /** Names of the method's questions. */
  readonly questions: readonly string[];
  readonly sources: readonly string[];
  readonly etag?: string | undefined;
}

/** A role that this community needs besides those of the method. */
export const OwnRole = z.object({ title: line(longestTitle).min(1), purpose: remark(longestNote) });
export type OwnRole = z.infer<typeof OwnRole>;

/** Who is given a role: a member by their id, or somebody outside by name and mail. */
export const Candidate = z.union([
  z.object({ id: identifier(100).min(1) }),
  z.object({ name: line(longestName).min(1), mail: z.email().max(longestMail) }),
]);
export type Candidate = z.infer<typeof Candidate>;

/** One holding, as it is kept. */
export interface Holding {
  readonly key: string;
  readonly role: string;
  readonly person: Holder;
  readonly since: string;
  readonly until: string | null;
  readonly note: string;
  readonly state: (typeof holdingStates)[number];
  readonly changedBy: Person;
  /** ISO instant. */
  readonly changedAt: string;
}

export interface BoardParts {
  readonly holdings: readonly (Holding & { readonly etag: string })[];
  readonly own: readonly (OwnRole & { readonly key: string; readonly etag?: string })[];
  /** From the settings, which alone say who coordinates; the list adds since when and until when. */
  readonly coordinators: readonly Person[];
  /** From our database, which alone says who was accepted into the other roles; the list adds the same. */
  readonly acceptances: readonly { readonly role: string; readonly person: Person }[];
  /** Ids of everybody in the team. */
  readonly members: ReadonlySet<string>;
  readonly today: string;
  /** A month from today: terms that end by then are ending. */
  readonly soon: string;
}

/** Every role with who holds it: the method's in its order, then the community's own by title. */
export function rolesBoard(parts: BoardParts): readonly BoardRole[] {
  const own = parts.own
    // Whoever writes into the list of own roles by hand makes no second role of the method's name.
    .filter(({ key }) => !methodRoles.some(({ id }) => id === key))
    .toSorted((one, other) => one.title.localeCompare(other.title))
    .map(({ key, title, purpose, etag }) => ({
      id: key,
      kind: 'own' as const,
      own: { title, purpose },
      questions: [],
      sources: [],
      etag,
    }));
  return [...methodRoles.map(role => ({ ...role, own: null })), ...own].map(role => {
    const open = openHoldings(role.id, parts);
    const holders = open.filter(({ state }) => state === 'accepted').map(holding => onBoard(holding, parts));
    const volunteers = open
      .filter(({ state }) => state === 'volunteered')
      .map(holding => onBoard(holding, parts))
      .filter(({ left }) => !left);
    return { ...role, holders, volunteers, vacant: holders.every(({ left }) => left) };
  });
}

/** A role in its reader's language; a community's own role is in the words it was given. */
export function inWords({ own, questions, sources, etag, ...role }: BoardRole, t: Translate): RoleOnBoard {
  return {
    ...role,
    title: titleOf({ id: role.id, own }, t),
    purpose: own?.purpose ?? t(`roles:method.${role.id}.purpose`),
    sources: [...sources],
    questions: questions.map(question => t(`roles:method.${role.id}.question.${question}`)),
    ...(etag === undefined ? {} : { etag }),
  };
}

/** What a role is called in its reader's language. */
export function titleOf({ id, own }: Pick<BoardRole, 'id' | 'own'>, t: Translate): string {
  return own?.title ?? t(`roles:method.${id}.title`);
}

type Open = Omit<Holding, 'since' | 'key' | 'role' | 'changedBy' | 'changedAt'> & {
  readonly since: string | null;
  readonly etag: string | null;
};

function openHoldings(role: string, { holdings, coordinators, acceptances }: BoardParts): readonly Open[] {
  const latest = new Map<string, Open>();
  const inOrder = holdings
    .filter(holding => holding.role === role)
    .toSorted((one, other) => one.changedAt.localeCompare(other.changedAt));
  for (const holding of inOrder) {
    // What is open stays in sight, whatever was ended after it under another key.
    if (holding.state !== 'ended' || !latest.has(holding.person.id)) latest.set(holding.person.id, holding);
  }
  const open = [...latest.values()].filter(({ state }) => state !== 'ended');
  const alone = (role === coordinatorRole ? coordinators : acceptedInto(role, acceptances)).map(person =>
    heldBy(person, open),
  );
  const isSaid = ({ person: { id } }: Open): boolean => alone.some(({ person }) => person.id === id);
  return [...alone, ...open.filter(one => !isSaid(one) && (role !== coordinatorRole || one.state === 'volunteered'))];
}

function acceptedInto(role: string, acceptances: BoardParts['acceptances']): readonly Person[] {
  return acceptances.filter(acceptance => acceptance.role === role).map(({ person }) => person);
}

/** What the database says is so; since when and until when the list may say. */
function heldBy({ id, name }: Person, open: readonly Open[]): Open {
  const row = open.find(({ person, state }) => person.id === id && state === 'accepted');
  return {
    since: null,
    until: null,
    note: '',
    etag: null,
    ...row,
    person: { id, name, mail: null },
    state: 'accepted',
  };
}

function onBoard(
  { person, since, until, note, state, etag }: Open,
  { members, today, soon }: BoardParts,
): HoldingOnBoard {
  return {
    person,
    since,
    until,
    note,
    etag,
    term: state === 'volunteered' ? 'open' : termOf(until, today, soon),
    left: !isOutside(person) && !members.has(person.id),
  };
}

/**
 * How a term stands. Whoever holds a role keeps it after the last day until somebody renews or ends it: a date in a
 * list takes nobody's role, or a coordinator's rights, away overnight. It only asks for a decision.
 */
export function termOf(until: string | null, today: string, soon: string): HoldingOnBoard['term'] {
  if (until === null) return 'open';
  if (until < today) return 'over';
  return until <= soon ? 'ending' : 'running';
}

/** Key roles that nobody holds; an offer fills none until it is accepted. */
export function freeKeyRoles<Role extends Pick<RoleOnBoard, 'kind' | 'vacant'>>(roles: readonly Role[]): Role[] {
  return roles.filter(({ kind, vacant }) => kind === 'key' && vacant);
}

/**
 * Roles that can be missing: the key roles and those that the community added. Leadership groups and the further roles
 * are an offer of the method.
 */
export function neededRoles<Role extends Pick<RoleOnBoard, 'kind'>>(roles: readonly Role[]): Role[] {
  return roles.filter(({ kind }) => kind === 'key' || kind === 'own');
}

/** The open holding or offer of this person in this role. */
export function findHolding(
  role: Pick<RoleOnBoard, 'holders' | 'volunteers'>,
  person: string,
): HoldingOnBoard | undefined {
  return [...role.holders, ...role.volunteers].find(holding => holding.person.id === person);
}

/** What comes with an offer is for those who decide, and for whoever made it. */
export function withoutWords<Role extends Pick<RoleOnBoard, 'volunteers'>>(
  roles: readonly Role[],
  reader: { readonly id: string } | null,
): Role[] {
  return roles.map(role => ({
    ...role,
    volunteers: role.volunteers.map(offer => (offer.person.id === reader?.id ? offer : { ...offer, note: '' })),
  }));
}

export function isOutside({ mail }: Holder): boolean {
  return mail !== null;
}

/** Somebody outside the team. The address is who they are, however it is spelt. */
export function outsider({ name, mail }: { readonly name: string; readonly mail: string }): Holder {
  return { id: `mail:${mail.toLowerCase()}`, name, mail };
}

export function mayBeOutside(role: string): boolean {
  return role === sponsorRole;
}

/** One a role, person and day of beginning, so that a press that is repeated finds its twin. */
export function holdingKey(role: string, person: string, day: string): string {
  return `${role}/${person}/${day}`;
}

/**
 * The id of an own role, from its title; undefined when the title has no letter or digit. The same name is the same
 * role.
 */
export function ownRoleId(title: string): string | undefined {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return words === '' ? undefined : `own-${words}`;
}

/**
 * The key of an own role that is to be added, or of the one that has this name already. A role that was renamed keeps
 * its key, and with it who holds it; so the key that belongs to a name may be taken by another.
 */
export function ownRoleKey(
  title: string,
  own: readonly { readonly id: string; readonly title: string }[],
): string | undefined {
  const id = ownRoleId(title);
  const twin = own.find(role => ownRoleId(role.title) === id);
  if (id === undefined || twin) return twin?.id;
  const keys = [id, ...own.map((_, index) => `${id}-${index + 2}`)];
  return keys.find(key => own.every(role => role.id !== key));
}

/** Who changes a holding, and when. */
export interface Change {
  readonly by: Person;
  readonly now: Date;
  /** The day it is in the community's zone. */
  readonly today: string;
}

/** Somebody offers to take a role on. Who holds it, or offers already, changes nothing. */
export function offered(
  current: Holding | undefined,
  wish: { readonly key: string; readonly role: string; readonly person: Holder; readonly note: string },
  change: Change,
): Holding | undefined {
  if (current && current.state !== 'ended') return undefined;
  return { ...wish, since: change.today, until: null, state: 'volunteered', ...trace(change) };
}

/** A coordinator gives a role to somebody, who may have offered. */
export function given(
  current: Holding | undefined,
  gift: { readonly role: string; readonly person: Holder; readonly term: Term },
  change: Change,
): Holding {
  const { role, person, term } = gift;
  return {
    key: current?.key ?? holdingKey(role, person.id, change.today),
    role,
    person,
    ...term,
    state: 'accepted',
    ...trace(change),
  };
}

/**
 * An offer is accepted, from today. Its note was a word to those who decide, and goes. Undefined when it is no open
 * offer any more.
 */
export function accepted(current: Holding | undefined, until: string, change: Change): Holding | undefined {
  if (current?.state !== 'volunteered') return undefined;
  return { ...current, since: change.today, until, note: '', state: 'accepted', ...trace(change) };
}

/** A term gets another last day. Undefined when it does not end on the day that was read. */
export function renewed(
  current: Holding | undefined,
  { from, to }: { readonly from: string; readonly to: string },
  change: Change,
): Holding | undefined {
  if (current?.state !== 'accepted' || current.until !== from) return undefined;
  return { ...current, until: to, ...trace(change) };
}

/** A holding ends today, or an offer is taken back or declined. Only what was held keeps a last day. */
export function ended(current: Holding | undefined, change: Change): Holding | undefined {
  if (!current || current.state === 'ended') return undefined;
  const until = current.state === 'accepted' ? earlier(current.until, change.today) : null;
  return { ...current, until, state: 'ended', ...trace(change) };
}

/** Whether this was ended on the day that it is, so that it may simply be taken back. */
export function mayBeReopened({ state, until, changedAt }: Holding, today: string, timeZone: string): boolean {
  return state === 'ended' && until !== null && localDay(new Date(changedAt), timeZone) === today;
}

/** What was ended stands again, until the day it had before. */
export function reopened(current: Holding | undefined, until: string, change: Change): Holding | undefined {
  if (current?.state !== 'ended') return undefined;
  return { ...current, until, state: 'accepted', ...trace(change) };
}

function trace({ by, now }: Change): Pick<Holding, 'changedBy' | 'changedAt'> {
  return { changedBy: { id: by.id, name: by.name }, changedAt: now.toISOString() };
}

function earlier(day: string | null, other: string): string {
  return day !== null && day < other ? day : other;
}

/** What coordinators are to be told about, each once. `period` tells one time from the next. */
export type Prompt =
  | {
      readonly kind: 'vacant';
      readonly period: string;
      readonly roles: readonly BoardRole[];
      /** Who left the team and still stands as its holder, by their id; whoever hears of that hears of the role. */
      readonly left: string | null;
    }
  | {
      readonly kind: 'term';
      readonly period: string;
      readonly role: BoardRole;
      readonly holding: HoldingOnBoard & { readonly until: string };
    };

/**
 * Vacant key roles and terms that end within a month, or are over. The key roles that were never filled come together,
 * once: a young community has several of them. A role that falls vacant later comes by itself, once for that vacancy; a
 * term once for its last day, so a renewed one counts anew.
 */
export function promptsFor(board: readonly BoardRole[], holdings: readonly Holding[]): readonly Prompt[] {
  const vacancies = vacanciesIn(board, holdings);
  // Who coordinates may change in the settings and leave no row, so a missing coordinator never hides among the others.
  const never = vacancies
    .filter(({ role, last }) => last === undefined && role.id !== coordinatorRole)
    .map(({ role }) => role);
  const again = vacancies.filter(({ role, last }) => last !== undefined || role.id === coordinatorRole);

  return [
    ...(never.length > 0 ? [{ kind: 'vacant' as const, period: 'start', roles: never, left: null }] : []),
    ...again.map(({ role, last }) => ({
      kind: 'vacant' as const,
      period: last?.key ?? `${role.id}/never`,
      roles: [role],
      left: last?.state === 'accepted' ? last.person.id : null,
    })),
    ...termsIn(board).map(({ role, holding }) => ({
      kind: 'term' as const,
      period: termPeriod(role.id, holding),
      role,
      holding,
    })),
  ];
}

/** Key roles that nobody holds or offers to take, and who held each last; undefined for nobody yet. */
export function vacanciesIn(
  board: readonly BoardRole[],
  holdings: readonly Holding[],
): readonly { readonly role: BoardRole; readonly last: Holding | undefined }[] {
  return freeKeyRoles(board)
    .filter(({ volunteers }) => volunteers.length === 0)
    .map(role => ({ role, last: lastHolding(role.id, holdings) }));
}

/** Holdings whose term ends within a month, or is over, and about which nobody has decided. */
export function termsIn(
  board: readonly BoardRole[],
): readonly { readonly role: BoardRole; readonly holding: HoldingOnBoard & { readonly until: string } }[] {
  return board.flatMap(role => role.holders.flatMap(holding => (asksForDecision(holding) ? [{ role, holding }] : [])));
}

/** Names one term among all messages. */
export function termPeriod(
  role: string,
  { person, until }: { readonly person: Holder; readonly until: string },
): string {
  return holdingKey(role, person.id, until);
}

function asksForDecision(holding: HoldingOnBoard): holding is HoldingOnBoard & { readonly until: string } {
  return !holding.left && (holding.term === 'ending' || holding.term === 'over');
}

/** Offers that came to nothing fill no role, and empty none. */
function lastHolding(role: string, holdings: readonly Holding[]): Holding | undefined {
  return holdings
    .filter(
      holding =>
        holding.role === role &&
        (holding.state === 'accepted' || (holding.state === 'ended' && holding.until !== null)),
    )
    .toSorted((one, other) => one.changedAt.localeCompare(other.changedAt))
    .at(-1);
}

import { z } from 'zod';
import { sectionIds } from '../charter/charter.ts';
import { Day, Person } from '../community.ts';
import { EventAnswer } from '../events/attendance.ts';
import { DigestAudience, keyOfYes, ReplyChoice } from '../digest/digest.ts';
import { Action, ActionState, byDue, isLeftBehind, isOverdue, progressOf, type Progress } from '../plan/plan.ts';
import { coordinatorRole, sponsorRole } from '../roles/method.ts';
import { freeKeyRoles, isOutside, type BoardRole } from '../roles/roles.ts';
import { daysBetween } from '../schedule.ts';
import { nameOf, QuestionResults, WhyHidden, type Results, type Survey, type SurveyPhase } from '../surveys/survey.ts';

/** How many of what waits are named. */
const mostNamed = 5;
/** The most lines of what comes, and of one's own actions. */
const mostComing = 6;
/** Of those how many are events: a weekly coffee would leave no room for anything else. */
const mostEvents = 2;
const mostOwn = 8;
/** How many actions are a beginning of a plan. */
const firstActions = 3;
/** A team of so many needs nobody invited to begin with. */
const enoughPeople = 10;

const comingKinds = ['event', 'action', 'survey-opens', 'survey-closes', 'review', 'week'] as const;

/** Something that comes, on a day of the community's zone; `screen` is where it can be looked at. */
export const Coming = z.object({
  kind: z.enum(comingKinds),
  on: Day,
  /** What it is called: the title of an action, a survey or an event; empty where the kind says all. */
  title: z.string(),
  /** Of an action, a survey or an event. */
  id: z.string().optional(),
  /** Of an event: the instant it begins, and what the reader answered to the moment it has now. */
  event: z.object({ startsAt: z.iso.datetime(), says: EventAnswer.nullable() }).optional(),
});
export type Coming = z.infer<typeof Coming>;

const waitingKinds = [
  'aside',
  'settingsByHand',
  'rolesByHand',
  'unwritten',
  'replies',
  'offers',
  'draft',
  'review',
  'overdue',
  'left',
  'ownerless',
  'terms',
  'vacant',
  'sections',
  'refused',
] as const;
/** One of those that wait: an action of the plan, or somebody and a role. */
const WaitingThing = z.object({
  name: z.string(),
  /** The action's id. */
  action: z.string().optional(),
  role: z.object({ id: z.string(), title: z.string() }).optional(),
  /** Whose it is: who offered, holds the role or owns the action; left out where they cannot be written to. */
  person: Person.optional(),
});
export type WaitingThing = z.infer<typeof WaitingThing>;

/** Something that waits for those who coordinate, with how many there are; the most pressing first. */
export const Waiting = z.object({
  kind: z.enum(waitingKinds),
  count: z.number().int().positive(),
  /** What it is by name, the first few: titles of actions, names of people, roles and sections. */
  names: z.array(z.string()).optional(),
  /** The same, where each can be dealt with by itself. */
  things: z.array(WaitingThing).optional(),
});
export type Waiting = z.infer<typeof Waiting>;

export const OverviewSurvey = z.object({
  id: z.string(),
  title: z.string(),
  phase: z.enum(['open', 'closed']),
  /** The last day it can be answered, or could. */
  closesOn: Day,
  /** Whether I have answered; only of one that is open. */
  answered: z.boolean(),
  /** The first question that has numbers, as everybody may see it; null while results are hidden. */
  headline: QuestionResults.nullable(),
  why: WhyHidden.nullable(),
});
export type OverviewSurvey = z.infer<typeof OverviewSurvey>;

/** The digest that went out last, of those that the reader may see. */
export const OverviewDigest = z.object({ audience: DigestAudience, on: Day, intro: z.string() });
export type OverviewDigest = z.infer<typeof OverviewDigest>;

export interface CharterFacts {
  /** Sections' texts by id. */
  readonly texts: ReadonlyMap<string, string>;
  readonly reviewOn: string | null;
}

export interface SurveyFacts {
  readonly survey: Survey;
  readonly phase: SurveyPhase;
  /** Whether the reader has answered. */
  readonly answered: boolean;
  /** As every member may see them. */
  readonly results: Results;
}

/** An action as its owner can finish it from here. */
export const OwnAction = Action.extend({ id: z.string(), etag: z.string() });
export type OwnAction = z.infer<typeof OwnAction>;

/** What a sponsor was asked last, and what came of it. */
export const Asked = z.object({
  on: Day,
  ask: z.string(),
  /** What they answered; null while they have not. */
  choice: ReplyChoice.nullable(),
  /** The actions that came of their yes, the latest last. */
  came: z.array(z.object({ title: z.string(), state: ActionState })),
});
export type Asked = z.infer<typeof Asked>;

/** The steps a community begins with, in their order. */
const firstSteps = ['purpose', 'people', 'sponsor', 'survey', 'actions', 'invite'] as const;
export const FirstStep = z.object({ step: z.enum(firstSteps), done: z.boolean() });
export type FirstStep = z.infer<typeof FirstStep>;

/** An event that the reader is invited to and that is not over. */
export interface ComingEvent {
  readonly id: string;
  readonly title: string;
  /** An ISO instant, and the day of the community's zone it is on. */
  readonly startsAt: string;
  readonly on: string;
  /** Null while the reader has not answered, or only before it moved. */
  readonly says: EventAnswer | null;
}

interface SentDigest extends OverviewDigest {
  readonly ask: string;
  readonly to: readonly { readonly id: string }[];
  /** What the reader answered, of those that were sent to them. */
  readonly choice: ReplyChoice | null;
}

interface DigestFacts {
  /** Those that went out, each with its day and whom it was sent to. */
  readonly sent: readonly SentDigest[];
  /** Whether the coordinators were told of a draft that nobody has looked at. */
  readonly unseen: boolean;
  /** Who answered as a sponsor, and on which day. */
  readonly replies: readonly { readonly name: string; readonly on: string }[];
}

export interface OverviewFacts {
  readonly today: string;
  /** The last day the overview looks ahead to. */
  readonly until: string;
  /** Whoever joined on this day or later counts as new. */
  readonly newSince: string;
  readonly charter: CharterFacts;
  readonly roles: readonly BoardRole[];
  readonly actions: readonly (OwnAction & { readonly addedBy: { readonly id: string } })[];
  /** How many more actions were done, all of them long ago. */
  readonly doneBefore: number;
  readonly surveys: readonly SurveyFacts[];
  /** What is announced and not over, soonest first. */
  readonly events: readonly ComingEvent[];
  readonly digests: DigestFacts;
  /** How many messages of the last days were not delivered; counted for those who coordinate. */
  readonly refused: number;
  /** Rows of lists that were set aside so that the others could go on, each as list and name. */
  readonly aside: readonly string[];
  /** What somebody wrote by hand in SharePoint and nobody has looked at: roles, and 1 for the copy of the settings. */
  readonly byHand: { readonly roles: number; readonly settings: number };
  /** Answers to a digest count from this day on. */
  readonly repliesSince: string;
  /** Ids of everybody in the team. */
  readonly members: ReadonlySet<string>;
  /** The days on which people joined. */
  readonly joined: readonly string[];
  /** The first day of the next facilitation week. */
  readonly nextWeek: string | null;
  readonly reader: { readonly id: string; readonly coordinates: boolean };
}

/** What the community is for: its purpose, or its scope while nobody has written the purpose. */
export function purposeOf({
  texts,
}: CharterFacts): { readonly section: 'purpose' | 'scope'; readonly text: string } | null {
  for (const section of ['purpose', 'scope'] as const) {
    const text = texts.get(section)?.trim();
    if (text) return { section, text };
  }
  return null;
}

/** What comes by then, soonest first. Surveys that are only planned are for those who plan them. */
export function comingOf(facts: OverviewFacts): Coming[] {
  const { today, until, charter, actions, surveys, events, nextWeek, reader } = facts;
  const all: Coming[] = [
    ...events.slice(0, mostEvents).map(({ id, title, on, startsAt, says }) => ({
      kind: 'event' as const,
      on,
      title,
      id,
      event: { startsAt, says },
    })),
    ...actions.flatMap(({ id, title, due, state }) =>
      due !== null && state !== 'done' ? [{ kind: 'action' as const, on: due, title, id }] : [],
    ),
    ...surveys.flatMap(({ survey: { id, title, opensOn, closesOn }, phase }): Coming[] => {
      if (phase === 'open') return [{ kind: 'survey-closes', on: closesOn, title, id }];
      return phase === 'planned' && reader.coordinates ? [{ kind: 'survey-opens', on: opensOn, title, id }] : [];
    }),
    ...(charter.reviewOn !== null ? [{ kind: 'review' as const, on: charter.reviewOn, title: '' }] : []),
    ...(nextWeek !== null && reader.coordinates ? [{ kind: 'week' as const, on: nextWeek, title: '' }] : []),
  ];
  return all
    .filter(({ on }) => on >= today && on <= until)
    .toSorted(
      (one, other) => one.on.localeCompare(other.on) || comingKinds.indexOf(one.kind) - comingKinds.indexOf(other.kind),
    )
    .slice(0, mostComing);
}

/** Key roles: those without anybody, and how many there are. */
export function keyRolesOf(roles: readonly BoardRole[]): {
  readonly free: readonly BoardRole[];
  readonly filled: number;
  readonly total: number;
} {
  const key = roles.filter(({ kind }) => kind === 'key');
  const free = freeKeyRoles(key);
  return { free, filled: key.length - free.length, total: key.length };
}

/** The plan as a whole, and how many open actions are the reader's. */
export function planOf(
  facts: Pick<OverviewFacts, 'actions' | 'doneBefore' | 'today' | 'reader'>,
): Progress & { readonly mine: number } {
  return { ...progressOf(facts.actions, facts.today, facts.doneBefore), mine: ownOpen(facts).length };
}

function ownOpen({ actions, reader }: Pick<OverviewFacts, 'actions' | 'reader'>) {
  return actions.filter(({ state, owners }) => state !== 'done' && owners.some(({ id }) => id === reader.id));
}

/** The reader's open actions, what is due first; more than these are on the plan. */
export function ownActionsOf(facts: Pick<OverviewFacts, 'actions' | 'reader'>): readonly OwnAction[] {
  return ownOpen(facts).toSorted(byDue).slice(0, mostOwn);
}

/** What the reader holds, each with one of its questions, another one every day; and what they have offered to take. */
export function ownRolesOf({ roles, today, reader }: Pick<OverviewFacts, 'roles' | 'today' | 'reader'>): {
  readonly held: readonly {
    readonly role: BoardRole;
    readonly question: number | null;
    readonly until: string | null;
  }[];
  readonly offered: readonly BoardRole[];
} {
  const day = daysBetween('2026-01-01', today);
  return {
    held: roles.flatMap(role => {
      const holding = role.holders.find(({ person }) => person.id === reader.id);
      const { length } = role.questions;
      return holding
        ? [{ role, question: length === 0 ? null : ((day % length) + length) % length, until: holding.until }]
        : [];
    }),
    offered: roles.filter(({ volunteers }) => volunteers.some(({ person }) => person.id === reader.id)),
  };
}

/** What the reader was asked last as a sponsor, and what came of what they agreed to; null for who was never asked. */
export function askedOf({
  digests,
  actions,
  reader,
}: Pick<OverviewFacts, 'digests' | 'actions' | 'reader'>): Asked | null {
  const last = digests.sent
    .filter(({ audience, to }) => audience === 'sponsor' && to.some(({ id }) => id === reader.id))
    .toSorted((one, other) => other.on.localeCompare(one.on))[0];
  if (!last) return null;
  const came = actions.filter(({ id, addedBy }) => id.startsWith(keyOfYes) && addedBy.id === reader.id);
  return {
    on: last.on,
    ask: last.ask,
    choice: last.choice,
    came: came.slice(-mostNamed).map(({ title, state }) => ({ title, state })),
  };
}

/** Who looks after the community: whoever holds a key role, each once with all of them, in the roles' order. */
export function inChargeOf({ roles, members }: Pick<OverviewFacts, 'roles' | 'members'>): readonly {
  readonly person: Person;
  /** Whether they are in the team, so that they can be written to in Teams. */
  readonly here: boolean;
  readonly roles: readonly BoardRole[];
}[] {
  const key = roles.filter(({ kind }) => kind === 'key');
  const people = new Map(
    key.flatMap(({ holders }) => holders.flatMap(({ person, left }) => (left ? [] : [[person.id, person] as const]))),
  );
  return [...people.values()].map(person => ({
    person: { id: person.id, name: person.name },
    here: !isOutside(person) && members.has(person.id),
    roles: key.filter(role => role.holders.some(holder => holder.person.id === person.id)),
  }));
}

/**
 * What a community begins with, each ticked by what is stored; null once all of it is done, and for those who do not
 * coordinate.
 */
export function firstStepsOf(
  facts: Pick<
    OverviewFacts,
    'charter' | 'roles' | 'surveys' | 'actions' | 'doneBefore' | 'joined' | 'members' | 'reader'
  >,
): readonly FirstStep[] | null {
  if (!facts.reader.coordinates) return null;
  const { charter, roles, surveys, actions, doneBefore, joined, members } = facts;
  const held = (id: string): boolean => roles.some(role => role.id === id && !role.vacant);
  const helpers = roles.filter(({ id, kind }) => kind === 'key' && id !== coordinatorRole && id !== sponsorRole);
  const coordinators = roles.find(({ id }) => id === coordinatorRole)?.holders.filter(({ left }) => !left) ?? [];
  const done: Readonly<Record<FirstStep['step'], boolean>> = {
    purpose: Boolean(charter.texts.get('purpose')?.trim()),
    people: coordinators.length > 1 || helpers.some(({ vacant }) => !vacant),
    sponsor: held(sponsorRole),
    survey: surveys.length > 0,
    actions: actions.length + doneBefore >= firstActions,
    invite: joined.length > 0 || members.size >= enoughPeople,
  };
  return firstSteps.every(step => done[step]) ? null : firstSteps.map(step => ({ step, done: done[step] }));
}

/**
 * The survey to show: one that waits for the reader's answer, else the open one that closes first, else the last that
 * closed.
 */
export function surveyOf({ surveys }: OverviewFacts): OverviewSurvey | null {
  const open = surveys
    .filter(({ phase }) => phase === 'open')
    .toSorted(
      (one, other) =>
        Number(one.answered) - Number(other.answered) || one.survey.closesOn.localeCompare(other.survey.closesOn),
    );
  const closed = surveys
    .filter(({ phase }) => phase === 'closed')
    .toSorted((one, other) => endOf(other.survey).localeCompare(endOf(one.survey)));
  const shown = open[0] ?? closed[0];
  if (!shown) return null;
  const { survey, phase, answered, results } = shown;
  return {
    id: survey.id,
    title: nameOf(survey),
    phase: phase === 'open' ? 'open' : 'closed',
    closesOn: endOf(survey),
    answered,
    headline:
      results.state === 'shown'
        ? (results.questions.find(({ hidden, bars }) => !hidden && bars.length > 0) ?? null)
        : null,
    why: results.state === 'hidden' ? results.why : null,
  };
}

/** The channel's digest for everybody; the sponsor's for those who coordinate and those it was sent to. */
export function digestOf({ digests, reader }: OverviewFacts): OverviewDigest | null {
  const shown = digests.sent
    .filter(({ audience, to }) => audience === 'members' || reader.coordinates || to.some(({ id }) => id === reader.id))
    .toSorted((one, other) => other.on.localeCompare(one.on))[0];
  return shown ? { audience: shown.audience, on: shown.on, intro: shown.intro } : null;
}

/** How many joined lately. */
export function newcomersOf({ joined, newSince }: OverviewFacts): number {
  return joined.filter(day => day >= newSince).length;
}

/** What waits for those who coordinate, the most pressing first; nothing for others. */
export function waitingOf(
  { roles, actions, charter, digests, repliesSince, refused, aside, byHand, today, members, reader }: OverviewFacts,
  /** What a role is called in the reader's language. */
  roleName: (role: BoardRole) => string,
): Waiting[] {
  if (!reader.coordinates) return [];
  const open = actions.filter(({ state }) => state !== 'done');
  const here = (people: readonly Person[]): Pick<WaitingThing, 'person'> => {
    const person = people.find(({ id }) => members.has(id) && id !== reader.id);
    return person ? { person: { id: person.id, name: person.name } } : {};
  };
  const listed = (some: readonly (Action & { readonly id: string })[]): WaitingThing[] =>
    some.toSorted(byDue).map(({ id, title, owners }) => ({ name: title, action: id, ...here(owners) }));
  const heldIn = (role: BoardRole, person: Person): WaitingThing => ({
    name: person.name,
    role: { id: role.id, title: roleName(role) },
    ...here([person]),
  });
  const one = (is: boolean): string[] => (is ? [''] : []);
  const found: Record<Waiting['kind'], readonly (string | WaitingThing)[] | number> = {
    offers: roles.flatMap(role =>
      role.volunteers.map(({ person: { id, name } }) => ({ ...heldIn(role, { id, name }), person: { id, name } })),
    ),
    overdue: listed(actions.filter(action => isOverdue(action, today))),
    left: listed(open.filter(action => isLeftBehind(action, id => members.has(id)))),
    ownerless: listed(open.filter(({ owners }) => owners.length === 0)),
    terms: roles.flatMap(role =>
      role.holders
        .filter(({ term, left }) => left || term === 'ending' || term === 'over')
        .map(({ person }) => heldIn(role, person)),
    ),
    vacant: keyRolesOf(roles).free.map(roleName),
    review: one(charter.reviewOn !== null && charter.reviewOn <= today),
    unwritten: one(purposeOf(charter) === null),
    sections: sectionIds.filter(id => !charter.texts.get(id)?.trim()).length,
    replies: digests.replies.filter(({ on }) => on >= repliesSince).map(({ name }) => name),
    draft: one(digests.unseen),
    refused,
    aside,
    rolesByHand: byHand.roles,
    settingsByHand: byHand.settings,
  };
  return waitingKinds.flatMap(kind => {
    const what = found[kind];
    const count = typeof what === 'number' ? what : what.length;
    if (count === 0) return [];
    const all = typeof what === 'number' ? [] : what;
    const names = [...new Set(all.map(each => (typeof each === 'string' ? each : each.name)))]
      .filter(name => name !== '')
      .slice(0, mostNamed);
    const things = all.filter(each => typeof each !== 'string').slice(0, mostNamed);
    return [{ kind, count, ...(names.length > 0 ? { names } : {}), ...(things.length > 0 ? { things } : {}) }];
  });
}

function endOf({ closesOn, closedOn }: Pick<Survey, 'closesOn' | 'closedOn'>): string {
  return closedOn ?? closesOn;
}

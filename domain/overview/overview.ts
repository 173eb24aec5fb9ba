import { z } from 'zod';
import { sectionIds } from '../charter/charter.ts';
import { Day } from '../community.ts';
import { DigestAudience } from '../digest/digest.ts';
import { isLeftBehind, progressOf, type Action, type Progress } from '../plan/plan.ts';
import { freeKeyRoles, type BoardRole } from '../roles/roles.ts';
import { nameOf, QuestionResults, WhyHidden, type Results, type Survey, type SurveyPhase } from '../surveys/survey.ts';

/** How many rows that were set aside are named. */
const mostNamed = 5;
/** The most lines of what comes. */
const mostComing = 6;

const comingKinds = ['action', 'survey-opens', 'survey-closes', 'review', 'week'] as const;

/** Something that comes, on a day of the community's zone; `screen` is where it can be looked at. */
export const Coming = z.object({
  kind: z.enum(comingKinds),
  on: Day,
  /** What it is called: an action's or a survey's title; empty where the kind says all. */
  title: z.string(),
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
/** Something that waits for those who coordinate, with how many there are; the most pressing first. */
export const Waiting = z.object({
  kind: z.enum(waitingKinds),
  count: z.number().int().positive(),
  /** Of what was set aside: the first few, each as list and name. */
  names: z.array(z.string()).optional(),
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

interface DigestFacts {
  /** Those that went out, each with its day and whom it was sent to. */
  readonly sent: readonly (OverviewDigest & { readonly to: readonly { readonly id: string }[] })[];
  /** Whether the coordinators were told of a draft that nobody has looked at. */
  readonly unseen: boolean;
  /** The days on which sponsors answered. */
  readonly replies: readonly string[];
}

export interface OverviewFacts {
  readonly today: string;
  /** The last day the overview looks ahead to. */
  readonly until: string;
  /** Whoever joined on this day or later counts as new. */
  readonly newSince: string;
  readonly charter: CharterFacts;
  readonly roles: readonly BoardRole[];
  readonly actions: readonly Action[];
  readonly surveys: readonly SurveyFacts[];
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
export function comingOf({ today, until, charter, actions, surveys, nextWeek, reader }: OverviewFacts): Coming[] {
  const all: Coming[] = [
    ...actions.flatMap(({ title, due, state }) =>
      due !== null && state !== 'done' ? [{ kind: 'action' as const, on: due, title }] : [],
    ),
    ...surveys.flatMap(({ survey: { title, opensOn, closesOn }, phase }): Coming[] => {
      if (phase === 'open') return [{ kind: 'survey-closes', on: closesOn, title }];
      return phase === 'planned' && reader.coordinates ? [{ kind: 'survey-opens', on: opensOn, title }] : [];
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
export function planOf({ actions, today, reader }: OverviewFacts): Progress & { readonly mine: number } {
  return {
    ...progressOf(actions, today),
    mine: actions.filter(({ state, owners }) => state !== 'done' && owners.some(({ id }) => id === reader.id)).length,
  };
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
export function waitingOf({
  roles,
  actions,
  charter,
  digests,
  repliesSince,
  refused,
  aside,
  byHand,
  today,
  members,
  reader,
}: OverviewFacts): Waiting[] {
  if (!reader.coordinates) return [];
  const open = actions.filter(({ state }) => state !== 'done');
  const counts: Record<Waiting['kind'], number> = {
    offers: roles.reduce((sum, { volunteers }) => sum + volunteers.length, 0),
    overdue: progressOf(actions, today).overdue,
    left: open.filter(action => isLeftBehind(action, id => members.has(id))).length,
    ownerless: open.filter(({ owners }) => owners.length === 0).length,
    terms: roles.reduce(
      (sum, { holders }) =>
        sum + holders.filter(({ term, left }) => left || term === 'ending' || term === 'over').length,
      0,
    ),
    vacant: keyRolesOf(roles).free.length,
    review: charter.reviewOn !== null && charter.reviewOn <= today ? 1 : 0,
    unwritten: purposeOf(charter) === null ? 1 : 0,
    sections: sectionIds.filter(id => !charter.texts.get(id)?.trim()).length,
    replies: digests.replies.filter(day => day >= repliesSince).length,
    draft: digests.unseen ? 1 : 0,
    refused,
    aside: aside.length,
    rolesByHand: byHand.roles,
    settingsByHand: byHand.settings,
  };
  return waitingKinds.flatMap(kind =>
    counts[kind] > 0
      ? [{ kind, count: counts[kind], ...(kind === 'aside' ? { names: aside.slice(0, mostNamed) } : {}) }]
      : [],
  );
}

function endOf({ closesOn, closedOn }: Pick<Survey, 'closesOn' | 'closedOn'>): string {
  return closedOn ?? closesOn;
}

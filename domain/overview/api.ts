import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';
import { Asked, Coming, FirstStep, OverviewSurvey, OverviewDigest, OwnAction, Waiting } from './overview.ts';

/** The first page of the tab. `waiting` is empty for those who do not coordinate. */
export const OverviewView = z.object({
  today: Day,
  purpose: z.object({ section: z.enum(['purpose', 'scope']), text: z.string() }).nullable(),
  /** What is the reader's own. */
  mine: z.object({
    /** Their open actions, what is due first; `plan.mine` says how many there are. */
    actions: z.array(OwnAction),
    /** What they hold, with a question of the role's for today. */
    roles: z.array(
      z.object({ id: z.string(), title: z.string(), question: z.string().nullable(), until: Day.nullable() }),
    ),
    /** Titles of the roles that they have offered to take. */
    offered: z.array(z.string()),
    asked: Asked.nullable(),
  }),
  people: z.object({
    members: z.number().int(),
    newcomers: z.number().int(),
    /** Who holds a key role, with the titles of theirs; `here` says whether they are in the team. */
    inCharge: z.array(z.object({ person: Person, here: z.boolean(), roles: z.array(z.string()) })),
  }),
  coming: z.array(Coming),
  /** Key roles only. */
  roles: z.object({
    free: z.array(z.object({ id: z.string(), title: z.string() })),
    filled: z.number().int(),
    total: z.number().int(),
  }),
  plan: z.object({
    total: z.number().int(),
    done: z.number().int(),
    stuck: z.number().int(),
    overdue: z.number().int(),
    mine: z.number().int(),
  }),
  survey: OverviewSurvey.nullable(),
  digest: OverviewDigest.nullable(),
  waiting: z.array(Waiting),
  /** What a community begins with, for those who coordinate; null once all of it is done. */
  start: z.array(FirstStep).nullable(),
});

export type OverviewView = z.infer<typeof OverviewView>;

/** What only those who coordinate know of. */
const forFew: readonly Waiting['kind'][] = ['aside', 'replies', 'draft', 'refused', 'settingsByHand', 'rolesByHand'];

export const overviewApi = {
  overview: endpoint({
    method: 'GET',
    path: `${community}/overview`,
    summary: 'What the community is for, what comes, and what waits',
    answer: OverviewView,
    // Without a part of it the screen would say that there is none.
    kept: view =>
      view.digest?.audience === 'sponsor' ||
      view.mine.asked !== null ||
      view.waiting.some(({ kind }) => forFew.includes(kind))
        ? null
        : view,
  }),
};

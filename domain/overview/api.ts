import { z } from 'zod';
import { Day } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';
import { Coming, OverviewSurvey, OverviewDigest, Waiting } from './overview.ts';

/** The first screen of the tab. `waiting` is empty for those who do not coordinate. */
export const OverviewView = z.object({
  today: Day,
  purpose: z.object({ section: z.enum(['purpose', 'scope']), text: z.string() }).nullable(),
  people: z.object({ members: z.number().int(), newcomers: z.number().int() }),
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
      view.digest?.audience === 'sponsor' || view.waiting.some(({ kind }) => forFew.includes(kind)) ? null : view,
  }),
};

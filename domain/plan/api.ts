import { z } from 'zod';
import { Person, Day } from '../community.ts';
import { Change, endpoint, community, FileAnswer } from '../endpoint.ts';
import { ActionDetails, DetailChange } from './details.ts';
import { Action, reaches, longestTitle } from './plan.ts';

/** One action of the plan, as the person who asks may see it. */
export const ActionView = Action.extend({
  ...ActionDetails.shape,
  id: z.string(),
  etag: z.string(),
  addedBy: Person,
  /** When it was done; null while it is not. */
  doneAt: z.iso.datetime().nullable(),
  changed: Change,
  /** What I may change about it. */
  reach: z.enum(reaches),
});

export type ActionView = z.infer<typeof ActionView>;

/** An action as somebody wants it. What is in it counts where it is added: one that was removed comes back whole. */
const WantedAction = Action.extend(ActionDetails.partial().shape);
export type WantedAction = z.infer<typeof WantedAction>;

export const PlanView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  actions: z.array(ActionView),
  /** The aims that the charter names, to choose from. */
  aims: z.array(z.string().max(longestTitle)),
  /** Ids of owners who have left the team. */
  left: z.array(z.string()),
});

export type PlanView = z.infer<typeof PlanView>;

export const planApi = {
  plan: endpoint({
    method: 'GET',
    path: `${community}/plan`,
    summary: 'Every action of the plan, with its ETag',
    answer: PlanView,
    kept: view => view,
  }),
  saveAction: endpoint({
    method: 'PUT',
    path: `${community}/plan/{action}`,
    summary: 'Add an action, whose id is chosen by who asks so that it may be repeated, or save it',
    body: WantedAction,
    answer: ActionView,
    conditional: true,
  }),
  changeDetail: endpoint({
    method: 'POST',
    path: `${community}/plan/{action}/details`,
    summary: 'Change one step or link of an action, whatever else was changed meanwhile; may be repeated',
    body: DetailChange,
    answer: ActionView,
  }),
  removeAction: endpoint({
    method: 'POST',
    path: `${community}/plan/{action}/remove`,
    summary: 'Remove an action; may be repeated',
    answer: z.object({}),
    conditional: true,
  }),
  exportPlan: endpoint({
    method: 'GET',
    path: `${community}/plan/export`,
    summary: 'The plan as CSV, safe to open in a spreadsheet',
    answer: FileAnswer,
    file: true,
  }),
};

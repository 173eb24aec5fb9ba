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

/** How many comments each action has; those that nobody said anything about are not in it. */
const CommentCounts = z.record(z.string(), z.number().int());

export const PlanView = z.object({
  /** The day it is in the community's zone. */
  today: Day,
  /** What is not done, and what was done lately. */
  actions: z.array(ActionView),
  /** How many more are done: `olderActions` has them. */
  doneBefore: z.number().int(),
  /** The aims that the charter names, to choose from. */
  aims: z.array(z.string().max(longestTitle)),
  /** Ids of owners who have left the team. */
  left: z.array(z.string()),
  comments: CommentCounts,
});

export type PlanView = z.infer<typeof PlanView>;

/** Actions that were done long ago, the last first. `next` asks for those before; null when that was all. */
export const OlderActions = z.object({
  actions: z.array(ActionView),
  next: z.string().nullable(),
  /** Ids of owners who have left the team. */
  left: z.array(z.string()),
  comments: CommentCounts,
});

export type OlderActions = z.infer<typeof OlderActions>;

export const planApi = {
  plan: endpoint({
    method: 'GET',
    path: `${community}/plan`,
    summary: 'What is to be done and what was done lately, with ETags',
    answer: PlanView,
    kept: view => view,
  }),
  olderActions: endpoint({
    method: 'GET',
    path: `${community}/plan/older`,
    summary: 'What was done before that, page by page',
    query: ['before'],
    answer: OlderActions,
  }),
  action: endpoint({
    method: 'GET',
    path: `${community}/plan/{action}`,
    summary: 'One action, done or not',
    answer: ActionView,
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

import { z } from 'zod';
import { Day, Person } from './community.ts';

/** Longest title of an action and longest aim, in characters; both are one line in SharePoint. */
export const longestTitle = 200;
/** Longest notes of an action, in characters. */
export const longestNotes = 10_000;
/** Most owners of one action. */
export const mostOwners = 10;

/** The states of an action, in the order of the board. */
export const actionStates = ['to-do', 'doing', 'stuck', 'done'] as const;
export const ActionState = z.enum(actionStates);
export type ActionState = z.infer<typeof ActionState>;

/** Whether the plan needs an action, or would like it (seed T, the action plan). */
export const weights = ['baseline', 'nice-to-have'] as const;
export const Weight = z.enum(weights);
export type Weight = z.infer<typeof Weight>;

/** What people say about an action. */
export const Action = z.object({
  title: z.string().trim().min(1).max(longestTitle),
  owners: z.array(Person).max(mostOwners),
  /** The day it is due, in the community's zone; null while nobody has said. */
  due: Day.nullable(),
  state: ActionState,
  weight: Weight,
  /** The line of the charter's aims that it serves, as it was written when it was chosen; null for none. */
  aim: z.string().trim().min(1).max(longestTitle).nullable(),
  notes: z.string().max(longestNotes),
});
export type Action = z.infer<typeof Action>;

/** How far a set of actions is. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly stuck: number;
  /** Not done, and due before today. */
  readonly overdue: number;
}

/** @param today the calendar day in the community's zone. */
export function progressOf(actions: readonly Pick<Action, 'state' | 'due'>[], today: string): Progress {
  return {
    total: actions.length,
    done: actions.filter(({ state }) => state === 'done').length,
    stuck: actions.filter(({ state }) => state === 'stuck').length,
    overdue: actions.filter(action => isOverdue(action, today)).length,
  };
}

export function isOverdue({ state, due }: Pick<Action, 'state' | 'due'>, today: string): boolean {
  return state !== 'done' && due !== null && due < today;
}

/**
 * The aims a charter names: one a list item of the section `aims`, or one a line where there is no list. Markdown marks
 * are left out, so that an aim reads the same in a card, a calendar and a spreadsheet.
 */
export function aimsOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'));
  const items = lines.filter(line => listMark.test(line));
  const aims = (items.length > 0 ? items : lines).map(line => line.replace(listMark, '').replace(/[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}/g, '$1').trim().slice(0, longestTitle));
  return [...new Set(aims.filter(aim => aim !== ''))];
}

const listMark = /^(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/;

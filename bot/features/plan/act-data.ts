import { z } from 'zod';
import { Day } from '../../../domain/community.ts';
import { acts } from '../../../domain/plan/acts.ts';
import { ActionId, ActionState, longestTitle } from '../../../domain/plan/plan.ts';
import { identifier, line, remark } from '../../../domain/text.ts';

/** Of a reason and of the line that keeps it, in characters. */
export const longestReason = 300;
const longestLine = 500;

const OptionalDay = z.union([Day, z.literal('')]).default('');
/** What is wanted of one action, as a button carries it. */
export const Wanted = z.object({
  act: z.enum(acts),
  action: ActionId,
  /** To which it is moved; empty otherwise. */
  due: OptionalDay,
  /** Why it is stuck; empty otherwise. */
  why: remark(longestReason).default(''),
});
/** What an act has changed, as the button carries it that takes it back. */
export const Taken = z.object({
  action: ActionId,
  state: ActionState,
  due: OptionalDay,
  stateAfter: ActionState,
  dueAfter: OptionalDay,
  line: remark(longestLine).default(''),
});
/** An action that somebody wants to be reminded of, before it is one. */
export const Reminding = z.object({
  action: ActionId,
  title: line(longestTitle).min(1),
  due: Day,
  person: identifier(100),
});
export const Fresh = z.object({ action: ActionId });
export type Wanted = z.infer<typeof Wanted>;
export type Taken = z.infer<typeof Taken>;
export type Reminding = z.infer<typeof Reminding>;
export type Fresh = z.infer<typeof Fresh>;

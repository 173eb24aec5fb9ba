import { z } from 'zod';
import { address, line } from '../text.ts';

/** Most steps of one action, and the longest of them in characters. */
export const mostSteps = 30;
export const longestStep = 200;
/** Most links of one action. */
export const mostLinks = 10;
/** Longest title and longest address of a link, in characters. A link that SharePoint shares has some hundreds. */
export const longestLinkTitle = 100;
export const longestAddress = 2_000;

/** Names a step or a link within its action; whoever adds it chooses it, so that adding may be repeated. */
const DetailId = z.string().regex(/^[a-z0-9-]{8,64}$/, { error: 'expected 8 to 64 small letters, digits and hyphens' });
const StepText = line(longestStep).min(1);

/** One step of an action, to be ticked. */
export const Step = z.object({ id: DetailId, text: StepText, done: z.boolean() });
export type Step = z.infer<typeof Step>;

/** Where something lies that belongs to an action: a page, or a file in SharePoint or OneDrive. */
export const ActionLink = z.object({
  id: DetailId,
  title: line(longestLinkTitle).min(1),
  address: address(longestAddress, /^https$/),
});
export type ActionLink = z.infer<typeof ActionLink>;

/** What is in an action besides its fields. Each step and link is changed alone, so that two people never clash. */
export const ActionDetails = z.object({
  /** In the order in which they are done. */
  steps: z.array(Step).max(mostSteps),
  links: z.array(ActionLink).max(mostLinks),
});
export type ActionDetails = z.infer<typeof ActionDetails>;

export const noDetails: ActionDetails = { steps: [], links: [] };

/** One change of one step or link. Each says what it leads to, not what it toggles, so that it may be repeated. */
export const DetailChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-step'), id: DetailId, text: StepText }),
  z.object({ kind: z.literal('write-step'), id: DetailId, text: StepText }),
  z.object({ kind: z.literal('tick-step'), id: DetailId, done: z.boolean() }),
  /** To stand before another step; null for the end. */
  z.object({ kind: z.literal('move-step'), id: DetailId, before: DetailId.nullable() }),
  z.object({ kind: z.literal('remove-step'), id: DetailId }),
  ActionLink.extend({ kind: z.literal('add-link') }),
  z.object({ kind: z.literal('remove-link'), id: DetailId }),
]);
export type DetailChange = z.infer<typeof DetailChange>;

/** How many of the steps are done. */
export function stepsDone(steps: readonly Step[]): number {
  return steps.filter(({ done }) => done).length;
}

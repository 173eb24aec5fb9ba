import { createHash } from 'node:crypto';
import type { ReadyCommunity } from '../../../domain/community.ts';
import type { Survey } from '../../../domain/surveys/survey.ts';
import type { HeldEvent } from '../../shared/held-event.ts';
import type { SurveysParts } from './parts.ts';

/** Names the survey of an event; whose survey one is, is found by naming those of all events that were held lately. */
export function feedbackId({ id }: Pick<HeldEvent, 'id'>): string {
  return `feedback-${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}

/** The event that a survey asks about of those who were there; undefined for every other survey. */
export async function eventOf(
  { heldEvents }: Pick<SurveysParts, 'heldEvents'>,
  community: ReadyCommunity,
  { id, audience }: Pick<Survey, 'id' | 'audience'>,
): Promise<HeldEvent | undefined> {
  if (audience !== 'attended') return undefined;
  return (await heldEvents(community)).find(event => feedbackId(event) === id);
}

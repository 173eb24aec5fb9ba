import type { TeamsActivity } from './activity.ts';
import type { Handle } from './adapter.ts';
import type { ConversationReferences } from './conversations.ts';
import type { LookUp } from './look-up.ts';
import { baseOf } from './place.ts';

export interface NamedSendersParts {
  readonly handle: Handle;
  readonly conversations: Pick<ConversationReferences, 'personOf'>;
  readonly lookUp: Pick<LookUp, 'person'>;
}

/**
 * Finds out who wrote or pressed something where Teams tells its own id of the person alone: everything behind this
 * knows people by their id in Entra. Whoever cannot be found stays a stranger.
 */
export function createNamedSenders({ handle, conversations, lookUp }: NamedSendersParts): Handle {
  async function named(activity: TeamsActivity): Promise<TeamsActivity> {
    const { from, type, conversation } = activity;
    if (from.aadObjectId || !/^29:/.test(from.id) || (type !== 'message' && type !== 'invoke')) return activity;
    const id =
      (await conversations.personOf(from.id)) ?? (await lookUp.person(activity, baseOf(conversation.id), from.id))?.id;
    return id === undefined ? activity : { ...activity, from: { ...from, aadObjectId: id } };
  }
  return async (activity, context) => handle(await named(activity), context);
}

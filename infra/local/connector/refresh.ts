import type { Memory, Message } from './memory.ts';
import { messagingId } from '../directory.ts';

/** The action Teams sends by itself when this person looks at this card; null when it would not. */
export function refreshDue(
  message: Message,
  viewer: string,
  { memory, memberCount, now }: { readonly memory: Memory; readonly memberCount: number; readonly now: Date },
): { verb?: string; id?: string; data?: unknown } | null {
  const view = memory.view(message, viewer);
  const refresh = (view?.card ?? message.cards[0])?.['refresh'] as
    | { action?: { type?: string; verb?: string; id?: string; data?: unknown }; userIds?: unknown }
    | undefined;
  if (refresh?.action?.type !== 'Action.Execute') return null;
  // More than sixty named people are ignored beyond the sixtieth; without names it is everybody, in conversations of up
  // to sixty.
  const everybody = !Array.isArray(refresh.userIds);
  if (everybody ? memberCount > 60 : !(refresh.userIds as unknown[]).slice(0, 60).includes(messagingId(viewer)))
    return null;
  const age = view ? now.getTime() - Date.parse(view.refreshedAt) : Infinity;
  // A clock that was moved back makes a view from the future, which is old as well.
  if (age >= 0 && age < 60_000) return null;
  const { verb, id, data } = refresh.action;
  return { ...(verb === undefined ? {} : { verb }), ...(id === undefined ? {} : { id }), data };
}

import { z } from 'zod';
import { identifier } from '../text.ts';

/**
 * What became of a message. `sending`: a call to Teams may be under way, or its outcome is not known yet.
 * A message that was replaced in place stays `sent`.
 */
export const deliveryStates = ['waiting', 'sending', 'sent', 'refused', 'expired', 'opted-out'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * Why a message was not delivered, or not yet, or not replaced. Codes, because the words are for whoever looks, in
 * their language. The conditions are those of Teams, "Status codes" and "Send proactive messages".
 */
export const deliveryReasons = [
  /** The person has blocked the app, or removed it from their chats. */
  'blocked',
  /** The app was removed from the team, or an administrator has switched it off. */
  'app-removed',
  /** The person is no longer in the team, or Teams does not know them. */
  'not-in-roster',
  /** The chat, channel or message is no longer there. */
  'conversation-gone',
  /** The team is no longer there. */
  'team-gone',
  /** The team is archived: nobody can write there. */
  'archived',
  /** The server was not running, or could not work, until its moment was over: it never came to sending. */
  'missed',
  /** The person, or the channel, had other messages until its moment was over: nobody is sent more than the few. */
  'gave-way',
  /** Larger than Teams takes. */
  'too-large',
  /** Entra or Teams did not accept the app's own identity; it is tried again. Final when its tries are used up. */
  'not-authorised',
  /** Teams found the message itself wrong. */
  'not-understood',
  /** Too many messages for now; it is tried again. Final when its tries are used up. */
  'throttled',
  /** Teams had trouble, or did not answer; it is tried again. Final when its tries are used up. */
  'unavailable',
  /** Its moment was over before it could be sent. */
  'expired',
  /** The person asked for no more messages from this community. */
  'opted-out',
  /** Something that was not foreseen; `detail` says what Teams answered. */
  'unknown',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** What to look for in the log. */
export const DeliveryFilter = z.object({
  kind: identifier(100).optional(),
  state: z.enum(deliveryStates).optional(),
  /** A person's id, or `channel`. */
  recipient: identifier(100).optional(),
});
export type DeliveryFilter = z.infer<typeof DeliveryFilter>;

/** Kinds that go only to those who have answered, or have not: a list of their recipients would say who has. */
const telltaleKinds: readonly string[] = ['surveys.reminder', 'surveys.told'];

/**
 * Whether the log keeps to itself who was sent this: it must never say who has answered a survey, least of all an
 * anonymous one.
 */
export function hidesRecipient(kind: string, recipient: string): boolean {
  return recipient !== 'channel' && telltaleKinds.includes(kind);
}

/** Kinds of which the log names no person. */
export function kindsWithoutNames(): readonly string[] {
  return telltaleKinds;
}

/**
 * Whether the log keeps to itself when and how often this was replaced: a card of a survey may change when its person
 * answers.
 */
export function hidesUpdates(kind: string, recipient: string): boolean {
  return recipient !== 'channel' && kind.startsWith('surveys.');
}

import { z } from 'zod';
import { address, identifier, line, prose } from '../../domain/text.ts';
import type { SharedMessage } from '../feature.ts';
import { wordsIn } from './message-text.ts';

/** Longest words of a message that a dialog carries with it, in characters. */
const longestWords = 1000;

/**
 * What a dialog carries from one step to the next. It has been in the person's hands, so it is checked like anything
 * else.
 */
export const CarriedMessage = z.object({
  text: prose(longestWords),
  // Cards know no null: what is not there does not come back.
  author: line(256).nullable().default(null),
  link: address(2048, /^https$/)
    .refine(leadsToTeams, { error: 'expected a link to Teams' })
    .nullable()
    .default(null),
});

/**
 * Teams itself, in every cloud: Microsoft, "Microsoft 365 URLs and IP address ranges" and its editions for governments
 * and China.
 */
const teamsHosts = /^([a-z0-9-]+\.)*teams\.(microsoft\.com|cloud\.microsoft|microsoft\.us|microsoftonline\.cn)$/;

function leadsToTeams(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return (
    url?.protocol === 'https:' &&
    teamsHosts.test(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    url.port === ''
  );
}

const Named = z.looseObject({ displayName: line(256).nullish() }).nullish();

/**
 * The part of Teams' `messagePayload` that we read. What is missing or odd is left out: a message is never a reason to
 * fail.
 */
const Payload = z.looseObject({
  subject: line(5000).nullish().catch(null),
  linkToMessage: CarriedMessage.shape.link.catch(null),
  body: z
    .looseObject({ contentType: identifier(50).nullish(), content: prose(200_000).nullish() })
    .nullish()
    .catch(null),
  from: z.looseObject({ user: Named, application: Named }).nullish().catch(null),
});

/** The value of `composeExtension/fetchTask` and `composeExtension/submitAction`. */
export const MessageActionValue = z.looseObject({
  commandId: identifier(200).min(1),
  messagePayload: Payload.nullish(),
  data: z.record(identifier(200), z.unknown()).nullish(),
});
export type MessageActionValue = z.infer<typeof MessageActionValue>;

/** What a feature gets of the message in whose menu a command was chosen. */
export function sharedMessageOf({ messagePayload: payload }: MessageActionValue): SharedMessage {
  const content = payload?.body?.content ?? '';
  const words = payload?.body?.contentType === 'text' ? content : wordsIn(content);
  const text = [payload?.subject?.trim(), words.trim()].filter(Boolean).join('\n');
  return {
    // Half a character would be a letter that the author did not type.
    text: text.slice(0, longestWords).replace(/[\uD800-\uDBFF]$/, ''),
    author: payload?.from?.user?.displayName || payload?.from?.application?.displayName || null,
    link: payload?.linkToMessage ?? null,
  };
}

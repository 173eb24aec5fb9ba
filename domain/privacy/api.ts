import { z } from 'zod';
import { Topic } from '../messages/topics.ts';
import { endpoint, community, FileAnswer } from '../endpoint.ts';

/** Which messages one person gets in one community. */
export const MessagesToMe = z.object({
  /** None at all, whatever else is chosen. */
  all: z.boolean(),
  stopped: z.array(Topic),
  /** What this person may get messages about. */
  offered: z.array(Topic),
});

export type MessagesToMe = z.infer<typeof MessagesToMe>;

/** What is kept about one person in one community, in words. */
export const PrivacyView = z.object({
  held: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      /** What becomes of it when the person asks to be forgotten, and why. */
      fate: z.enum(['goes', 'loses-name', 'stays']),
      why: z.string(),
      entries: z.array(z.array(z.object({ name: z.string(), value: z.string() }))),
    }),
  ),
  /** What nobody can find or change from here. */
  beyond: z.array(z.string()),
  /** What has to be done before the person can be forgotten; null when nothing has. */
  first: z.string().nullable(),
  /** Which messages the person gets. */
  messages: MessagesToMe,
});

export type PrivacyView = z.infer<typeof PrivacyView>;

/** What somebody wants no messages about. */
const StoppedMessages = MessagesToMe.pick({ all: true, stopped: true });

export const privacyApi = {
  saveMessagesToMe: endpoint({
    method: 'PUT',
    path: `${community}/messages-to-me`,
    summary: 'Say which messages I want; may be repeated',
    body: StoppedMessages,
    answer: MessagesToMe,
  }),
  privacy: endpoint({
    method: 'GET',
    path: `${community}/privacy`,
    summary: 'Everything that is kept about me in this community, and which messages I get',
    answer: PrivacyView,
  }),
  exportPrivacy: endpoint({
    method: 'GET',
    path: `${community}/privacy/export`,
    summary: 'The same as a JSON file',
    answer: FileAnswer,
    file: true,
  }),
  forgetMe: endpoint({
    method: 'POST',
    path: `${community}/privacy/forget`,
    summary: 'Erase what is kept about me in this community; may be repeated',
    answer: PrivacyView,
  }),
};

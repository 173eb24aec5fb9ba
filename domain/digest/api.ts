import { z } from 'zod';
import { Person, Day } from '../community.ts';
import { endpoint, community } from '../endpoint.ts';
import {
  DigestAudience,
  DigestWords,
  looks,
  MemberQuestion,
  ReplyChoice,
  DigestPeriod,
  DigestNumbers,
} from './digest.ts';

/** The digest that is being written, for those who write it. */
export const DigestDraftView = z.object({
  audience: DigestAudience,
  words: DigestWords,
  etag: z.string().nullable(),
  /** Who looked last, and whether that is enough for the words to go out. */
  lookedBy: Person.nullable(),
  look: z.enum(looks),
  /** The day on which it goes out by itself; null when no rhythm is chosen. */
  goesOutOn: Day.nullable(),
  /** Why it cannot be sent by hand now; null when it can. */
  mayNotSend: z.enum(['for-nobody', 'sent-today']).nullable(),
  /** Of the sponsor’s: whom the bot writes to, and whom it cannot. */
  reached: z.array(Person),
  outside: z.array(z.object({ name: z.string(), mail: z.string().nullable() })),
  /** Of the sponsor’s: what members asked in surveys that closed lately, and no digest has put to the sponsor yet. */
  asked: z.array(MemberQuestion),
  /** The very card, and the same as a text to copy. */
  card: z.record(z.string(), z.unknown()),
  text: z.string(),
});

export type DigestDraftView = z.infer<typeof DigestDraftView>;

export const DigestReplyView = z.object({
  person: Person,
  choice: ReplyChoice,
  text: z.string(),
  times: z.array(z.string()),
  at: z.iso.datetime(),
});

export type DigestReplyView = z.infer<typeof DigestReplyView>;

export const SentDigestView = z.object({
  audience: DigestAudience,
  period: DigestPeriod,
  sentAt: z.iso.datetime(),
  /** Whom the bot wrote to; empty for the channel. */
  sentTo: z.array(Person),
  /** True for one that waits to be mailed by a coordinator. */
  byHand: z.boolean(),
  /** Whether it went out without anybody having looked. */
  unlooked: z.boolean(),
  numbers: DigestNumbers,
  /** All of them for those who write digests; a sponsor sees their own. */
  replies: z.array(DigestReplyView),
});

export type SentDigestView = z.infer<typeof SentDigestView>;

/** Members see what went to the channel, sponsors also what went to them, those who write digests everything. */
export const DigestView = z.object({ today: Day, drafts: z.array(DigestDraftView), sent: z.array(SentDigestView) });

export type DigestView = z.infer<typeof DigestView>;

/** A digest as a card, and as a text to copy or mail. */
export const DigestShown = z.object({ card: z.record(z.string(), z.unknown()), text: z.string() });

export type DigestShown = z.infer<typeof DigestShown>;

export const digestApi = {
  digest: endpoint({
    method: 'GET',
    path: `${community}/digest`,
    summary: 'The drafts I may write and the digests I may read, newest first',
    answer: DigestView,
  }),
  previewDigest: endpoint({
    method: 'POST',
    path: `${community}/digest/{audience}/preview`,
    summary: 'The card that these words would make, with the numbers of now',
    body: DigestWords,
    answer: DigestShown,
  }),
  saveDigest: endpoint({
    method: 'PUT',
    path: `${community}/digest/{audience}/words`,
    summary: 'Save the words of a draft',
    body: DigestWords,
    answer: DigestDraftView,
    conditional: true,
  }),
  sendDigest: endpoint({
    method: 'POST',
    path: `${community}/digest/{audience}/send`,
    summary: 'Send what is saved now; at most once a day',
    answer: DigestView,
  }),
  sentDigest: endpoint({
    method: 'GET',
    path: `${community}/digest/{audience}/sent/{period}`,
    summary: 'A digest that went out, as it went out',
    answer: DigestShown,
  }),
};

import { z } from 'zod';
import { Day, Person } from '../community.ts';
import { community, endpoint } from '../endpoint.ts';
import { identifier } from '../text.ts';
import { SectionId } from './charter.ts';
import { CommentId, CommentText } from './voices.ts';

const section = `${community}/charter/sections/{section}`;

/** A word of a member on one section, for everybody in the team. */
const CommentView = z.object({
  id: z.string(),
  by: Person,
  text: z.string(),
  at: z.iso.datetime(),
  /** Who has dealt with it; null while it waits. */
  settledBy: Person.nullable(),
});
export type CommentView = z.infer<typeof CommentView>;

const SectionVoices = z.object({
  id: SectionId,
  /** Who agrees with what it says now. */
  agreed: z.array(Person),
  /** Oldest first. */
  comments: z.array(CommentView),
});
export type SectionVoices = z.infer<typeof SectionVoices>;

/** What somebody answered in a card, which waits to be put into its section. */
const DraftView = z.object({
  id: z.string(),
  section: SectionId,
  /** The question, in the reader's language. */
  question: z.string(),
  text: z.string(),
  by: Person,
  at: z.iso.datetime(),
});
export type DraftView = z.infer<typeof DraftView>;

const RoundView = z.object({
  askedBy: Person,
  askedOn: Day,
  /** The last day on which people are asked. */
  until: Day,
  open: z.boolean(),
  seen: z.array(Person),
  agreed: z.array(Person),
  notYet: z.number().int(),
});
export type RoundView = z.infer<typeof RoundView>;

/** What members say about the charter. */
export const VoicesView = z.object({
  sections: z.array(SectionVoices),
  /** The last round of consent; null when there was none. */
  round: RoundView.nullable(),
  /** For those who write the charter; nobody else gets any. */
  drafts: z.array(DraftView),
});
export type VoicesView = z.infer<typeof VoicesView>;

const Draft = z.object({ draft: identifier(255) });

export const charterVoicesApi = {
  agree: endpoint({
    method: 'PUT',
    path: `${section}/agreement`,
    summary: 'Agree with a section as it was read, or no longer; may be repeated',
    body: z.object({ agrees: z.boolean() }),
    answer: VoicesView,
    conditional: true,
  }),
  comment: endpoint({
    method: 'POST',
    path: `${section}/comments`,
    summary: 'Say something about a section; may be repeated',
    body: z.object({ id: CommentId, text: CommentText }),
    answer: VoicesView,
  }),
  removeComment: endpoint({
    method: 'POST',
    path: `${section}/comments/{comment}/remove`,
    summary: 'Take a comment back; may be repeated',
    answer: VoicesView,
  }),
  settleComment: endpoint({
    method: 'POST',
    path: `${section}/comments/{comment}/settle`,
    summary: 'Mark a comment as dealt with; may be repeated',
    answer: VoicesView,
  }),
  askForConsent: endpoint({
    method: 'POST',
    path: `${community}/charter/round`,
    summary: 'Ask everybody, in the channel, to read the charter and to agree; once a day',
    body: z.object({ until: Day }),
    answer: VoicesView,
  }),
  seeCharter: endpoint({
    method: 'POST',
    path: `${community}/charter/seen`,
    summary: 'Tell an open round of consent that one has looked at the charter; may be repeated',
    answer: VoicesView,
  }),
  putDraftIn: endpoint({
    method: 'PUT',
    path: `${section}/draft`,
    summary: 'Put what somebody answered in a card at the end of its section',
    body: Draft,
    answer: VoicesView,
    conditional: true,
  }),
  dropDraft: endpoint({
    method: 'POST',
    path: `${section}/draft/drop`,
    summary: 'Let go of what somebody answered in a card; may be repeated',
    body: Draft,
    answer: VoicesView,
  }),
};

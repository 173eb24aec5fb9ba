import { z } from 'zod';
import { Person } from '../community.ts';
import { community, endpoint } from '../endpoint.ts';
import { CommentId, TypedComment, Words } from './comments.ts';

const comments = `${community}/plan/{action}/comments`;

/** What somebody said on an action, for everybody in the team. */
const ActionCommentView = z.object({
  id: z.string(),
  by: Person,
  words: Words,
  at: z.iso.datetime(),
  /** When its author last changed the words; null while they are the first. */
  changedAt: z.iso.datetime().nullable(),
});
export type ActionCommentView = z.infer<typeof ActionCommentView>;

/** Oldest first. Every change answers with all comments as they are then. */
export const ActionCommentsView = z.object({ comments: z.array(ActionCommentView) });
export type ActionCommentsView = z.infer<typeof ActionCommentsView>;

export const actionCommentsApi = {
  actionComments: endpoint({
    method: 'GET',
    path: comments,
    summary: 'What people said on an action',
    answer: ActionCommentsView,
  }),
  commentOnAction: endpoint({
    method: 'POST',
    path: comments,
    summary: 'Say something on an action; may be repeated',
    body: TypedComment.extend({ id: CommentId }),
    answer: ActionCommentsView,
  }),
  changeActionComment: endpoint({
    method: 'POST',
    path: `${comments}/{comment}`,
    summary: 'Change the words of a comment of one’s own; may be repeated',
    body: TypedComment,
    answer: ActionCommentsView,
  }),
  removeActionComment: endpoint({
    method: 'POST',
    path: `${comments}/{comment}/remove`,
    summary: 'Take a comment on an action back; may be repeated',
    answer: ActionCommentsView,
  }),
};

import { api } from '../../../domain/api.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { CommentId, type TypedComment } from '../../../domain/plan/comments.ts';
import type { ActionCommentsView } from '../../../domain/plan/comments-api.ts';
import { ActionId } from '../../../domain/plan/plan.ts';
import { route, type Route, type TabAnswer, type TabRequest } from '../../feature.ts';
import { addComment, changeComment, readComments, removeComment, type CommentId as Named } from './comments.ts';
import { showComment } from './comment-wishes.ts';
import type { PlanParts } from './parts.ts';
import { findAction, reading } from './store.ts';

type Asked<Body> = TabRequest<Body, ReadyCommunity>;

async function read(
  parts: PlanParts,
  { community, params }: Pick<Asked<unknown>, 'community' | 'params'>,
): Promise<TabAnswer<ActionCommentsView>> {
  const { id } = await findAction(parts, community, actionFrom(params));
  const comments = await readComments(parts, community, id);
  return {
    body: {
      comments: comments.map(({ key, action, by, words, at, changedAt }) => ({
        id: key.slice(action.length + 1),
        by,
        words,
        at,
        changedAt,
      })),
    },
  };
}

async function add(parts: PlanParts, request: Asked<TypedComment & { id: string }>) {
  const { who, community, params, body } = request;
  await addComment(parts, community, who, { action: actionFrom(params), ...body });
  return read(parts, request);
}

/** Whoever was told of it reads the new words on their card. */
async function changeIt(parts: PlanParts, request: Asked<TypedComment>) {
  const { who, community, params, body } = request;
  const comment = commentFrom(params);
  await changeComment(parts, community, who, { ...comment, ...body });
  await showComment(parts, community, comment);
  return read(parts, request);
}

/** And whoever was told of one that is gone reads that it is, also when this is asked again. */
async function remove(parts: PlanParts, request: Asked<unknown>) {
  const { who, community, params } = request;
  const comment = commentFrom(params);
  await removeComment(parts, community, who, comment);
  await showComment(parts, community, comment);
  return read(parts, request);
}

export function commentRoutes(parts: PlanParts): readonly Route[] {
  return [
    route(api.actionComments, reading, request => read(parts, request)),
    route(api.commentOnAction, reading, request => add(parts, request)),
    route(api.changeActionComment, { ...reading, own: 'comment-words' }, request => changeIt(parts, request)),
    route(api.removeActionComment, { ...reading, own: 'action-comment' }, request => remove(parts, request)),
  ];
}

function actionFrom(params: Asked<unknown>['params']): string {
  const id = ActionId.safeParse(params['action']);
  if (!id.success) throw new CommunityError('not-found', 'this is no id of an action');
  return id.data;
}

function commentFrom(params: Asked<unknown>['params']): Named {
  const id = CommentId.safeParse(params['comment']);
  if (!id.success) throw new CommunityError('not-found', 'this is no id of a comment');
  return { action: actionFrom(params), id: id.data };
}

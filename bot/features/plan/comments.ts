import type { Community, Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { addDays } from '../../../domain/schedule.ts';
import { mentionedIn, mostComments, wordsOf, type TypedComment, type Words } from '../../../domain/plan/comments.ts';
import { mustBeAbleWith } from '../../../domain/permissions.ts';
import { change } from '../../lists/list.ts';
import { eachAlone } from '../../shared/each-row.ts';
import type { ActionCommentRow } from '../../lists/model.ts';
import type { PlanParts } from './parts.ts';
import { findAction, membersNamed } from './store.ts';

type Parts = Pick<PlanParts, 'lists' | 'roster' | 'clock'>;

/** How many days the comments of an action wait that is gone: as long as SharePoint keeps what was deleted. */
const keptFor = 93;

/** What names a comment among those of its community. */
export interface CommentId {
  readonly action: string;
  readonly id: string;
}

/** Every comment on one action, or on all of them, oldest first. */
export async function readComments(
  { lists }: Pick<PlanParts, 'lists'>,
  community: Community,
  action?: string,
): Promise<readonly ActionCommentRow[]> {
  const rows = await lists.of(community.id).actionComments.all(action === undefined ? undefined : { action });
  return rows.map(({ value }) => value).toSorted((one, other) => one.at.localeCompare(other.at));
}

/** How many comments each of these actions has; those without any are not in it. */
export async function commentCounts(
  parts: Pick<PlanParts, 'lists'>,
  community: Community,
  actions: readonly string[],
): Promise<Record<string, number>> {
  const asked = new Set(actions);
  const counts: Record<string, number> = {};
  for (const { action } of await readComments(parts, community))
    if (asked.has(action)) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

/**
 * One that is there already, by the same id, stays as it is. Throws `not-found` for an action that is not there, and
 * `too-large` for one comment more than there may be.
 */
export async function addComment(
  parts: PlanParts,
  community: ReadyCommunity,
  who: Member,
  { action, id, ...typed }: CommentId & TypedComment,
): Promise<void> {
  await findAction(parts, community, action);
  const key = keyOf({ action, id });
  if ((await readComments(parts, community, action)).filter(row => row.key !== key).length >= mostComments)
    throw new CommunityError(
      'too-large',
      `action ${action} has ${mostComments} comments, which is the most there can be`,
    );
  await parts.lists.of(community.id).actionComments.create({
    key,
    action,
    words: await wordsFrom(parts, community, typed),
    by: { id: who.id, name: who.name },
    at: parts.clock().toISOString(),
    changedAt: null,
    goneOn: null,
  });
}

/** Throws `not-found`, or `not-allowed` for somebody else's. */
export async function changeComment(
  parts: Parts,
  community: Community,
  who: Member,
  { action, id, ...typed }: CommentId & TypedComment,
): Promise<void> {
  const { actionComments } = parts.lists.of(community.id);
  const before = (await actionComments.find(keyOf({ action, id })))?.value;
  if (!before) throw new CommunityError('not-found', `action ${action} has no comment ${id}`);
  mustBeAbleWith(who, 'comment-words', before.by.id === who.id, community);
  const words = await wordsFrom(parts, community, typed, mentionedIn(before.words));
  await change(actionComments, before.key, row =>
    row && JSON.stringify(row.words) !== JSON.stringify(words)
      ? { ...row, words, changedAt: parts.clock().toISOString() }
      : undefined,
  );
}

/** One that is gone already stays gone. Throws `not-allowed` for somebody else's. */
export async function removeComment(
  { lists }: Pick<PlanParts, 'lists'>,
  community: Community,
  who: Member,
  comment: CommentId,
): Promise<void> {
  const { actionComments } = lists.of(community.id);
  const row = await actionComments.find(keyOf(comment));
  mustBeAbleWith(who, 'action-comment', !row || row.value.by.id === who.id, community);
  if (row) await actionComments.remove(row);
}

/**
 * Erases the comments on actions that have been gone for long. Their removal may be undone, here and in SharePoint, so
 * the comments wait for it.
 *
 * @param today the day in the community's zone
 */
export async function eraseOrphans(
  { lists, log }: Pick<PlanParts, 'lists' | 'log'>,
  community: Community,
  today: string,
): Promise<void> {
  const { plan, actionComments } = lists.of(community.id);
  const rows = await actionComments.all();
  if (rows.length === 0) return;
  const there = new Set((await plan.all()).map(({ value }) => value.key));
  const failures = await eachAlone(
    log,
    rows.filter(({ value: { action, goneOn } }) => goneOn !== null || !there.has(action)),
    async row => {
      const { key, action, goneOn } = row.value;
      if (there.has(action)) await change(actionComments, key, now => now && { ...now, goneOn: null });
      else if (goneOn === null) await change(actionComments, key, now => now && { ...now, goneOn: today });
      else if (addDays(goneOn, keptFor) <= today) await actionComments.remove(row);
    },
    {
      ids: ({ value: { key } }) => ({ community: community.id, key }),
      said: 'a comment on an action that is gone was not erased',
    },
  );
  if (failures.length > 0) throw failures[0];
}

export function keyOf({ action, id }: CommentId): string {
  return `${action}/${id}`;
}

/** People who left and were mentioned before stay mentioned. */
async function wordsFrom(
  parts: Parts,
  community: Community,
  { text, mentions }: TypedComment,
  known: readonly Person[] = [],
): Promise<Words> {
  return wordsOf(
    text,
    await membersNamed(
      parts,
      community,
      mentions.map(id => ({ id })),
      known,
    ),
  );
}

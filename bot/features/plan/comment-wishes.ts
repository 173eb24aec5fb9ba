import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { toldOf } from '../../../domain/plan/comments.ts';
import { addDays, localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import type { Morning, Wish } from '../../feature.ts';
import type { ActionCommentRow } from '../../lists/model.ts';
import { commentCard, commentGoneCard } from './comment-cards.ts';
import { keyOf, readComments, type CommentId } from './comments.ts';
import type { PlanParts } from './parts.ts';
import { actionOf, readActions, type PlannedAction } from './store.ts';

const commentKind = 'plan.comment';
/** For so many days after it was written people are told of a comment. */
const toldFor = 14;
/** In characters, on a line among others. */
const [longestName, longestTitle] = [60, 90];

/**
 * Whoever is mentioned in a comment, or owns the action that it is on, is told on the next morning with room for it,
 * once. Of an action that is gone, or a comment that was taken back, nobody is told.
 */
export function commentWishes(parts: PlanParts): (morning: Morning) => Promise<readonly Wish[]> {
  return async ({ community, today, now }) => {
    const comments = await readComments(parts, community);
    const fresh = comments.filter(({ at }) => today <= addDays(localDay(new Date(at), zoneOf(community)), toldFor));
    if (fresh.length === 0) return [];
    const actions = (await readActions(parts, community)).map(({ value }) => actionOf(value));
    return fresh.flatMap(comment => {
      const action = actions.find(({ id }) => id === comment.action);
      if (!action) return [];
      const others = comments.filter(other => other.action === comment.action);
      return toldOf(comment, action.owners, others).map(({ person, mentioned }) =>
        wishFor(parts, { community, now, comment, action, person, mentioned }),
      );
    });
  };
}

interface Told {
  readonly community: ReadyCommunity;
  readonly now: Date;
  readonly comment: ActionCommentRow;
  readonly action: PlannedAction;
  readonly person: Person;
  readonly mentioned: boolean;
}

function wishFor({ links }: PlanParts, { community, now, comment, action, person, mentioned }: Told): Wish {
  const key = mentioned ? 'mentioned' : 'said';
  const named = {
    name: shortened(comment.by.name, longestName),
    title: shortened(action.title, longestTitle),
  };
  return {
    kind: commentKind,
    period: comment.key,
    to: { person },
    urgency: mentioned ? 'soon' : 'sometime',
    until: addDays(localDay(new Date(comment.at), zoneOf(community)), toldFor),
    // A sponsor hears of what they took on, and of nothing else.
    ...(action.owners.some(({ id }) => id === person.id) ? { agreed: true as const } : {}),
    card: t => commentCard({ community, now, comment, action, links }, t),
    summary: t => t(`comment.summary.${key}`, named),
    line: t => t(`plan:comment.summary.${key}`, named),
  };
}

/** The cards of those who were told of a comment show what it says now, or that it is gone. */
export async function showComment(parts: PlanParts, community: ReadyCommunity, named: CommentId): Promise<void> {
  const { lists, messenger, links, clock } = parts;
  const { plan, actionComments } = lists.of(community.id);
  const [comment, row] = await Promise.all([actionComments.find(keyOf(named)), plan.find(named.action)]);
  const action = row && actionOf(row.value);
  await messenger.refresh({
    community: community.id,
    kind: commentKind,
    period: keyOf(named),
    card: t =>
      comment && action
        ? commentCard({ community, now: clock(), comment: comment.value, action, links }, t)
        : commentGoneCard({ community, links }, t),
  });
}

function zoneOf({ settings }: ReadyCommunity): string {
  return settings.timeZone;
}

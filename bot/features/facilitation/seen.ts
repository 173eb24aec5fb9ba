import type { Community } from '../../../domain/community.ts';
import type { Seen } from '../../../domain/facilitation/by-itself.ts';
import { whenThere } from '../../lists/list.ts';
import type { FacilitationParts } from './parts.ts';

/** What the product sees of a community that makes a task of the week needless. */
export async function readSeen(
  { lists, roster }: Pick<FacilitationParts, 'lists' | 'roster'>,
  community: Community,
): Promise<Seen> {
  const of = lists.of(community.id);
  const [members, newcomers, surveys, digests] = await Promise.all([
    roster.members(community.id),
    whenThere(() => of.newcomers.all()),
    whenThere(() => of.surveys.all()),
    whenThere(() => of.digests.all()),
  ]);
  const here = new Set(members.map(({ id }) => id));
  return {
    joined: newcomers.flatMap(({ value }) => (here.has(value.person.id) ? [value.joinedAt] : [])),
    surveys: surveys.flatMap(({ value: { title, opensOn, closedOn } }) =>
      closedOn !== null && closedOn < opensOn ? [] : [{ title, opensOn }],
    ),
    digests: digests.flatMap(({ value: { audience, sentAt } }) =>
      audience === 'members' && sentAt !== null ? [sentAt] : [],
    ),
  };
}

import type { SectionId } from '../../../domain/charter/charter.ts';
import { mostComments } from '../../../domain/charter/voices.ts';
import type { Community, Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { CharterParts } from './parts.ts';

/** One that is there already, by the same id, stays as it is. */
export async function keepComment(
  { lists, clock }: CharterParts,
  { who, community }: { readonly who: Person; readonly community: Community },
  { section, id, text }: { readonly section: SectionId; readonly id: string; readonly text: string },
): Promise<void> {
  const { comments } = lists.of(community.id);
  const key = `${section}/${id}`;
  if ((await comments.all({ section })).filter(row => row.value.key !== key).length >= mostComments)
    throw new CommunityError(
      'too-large',
      `section ${section} has ${mostComments} comments, which is the most there can be`,
    );
  const by = { id: who.id, name: who.name };
  await comments.create({ key, section, text, by, at: clock().toISOString(), settledBy: null });
}

import { SectionId, sectionIds } from '../../../domain/charter/charter.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { TabRequest } from '../../feature.ts';

/** The section that the path names. */
export function sectionFrom({ params: { section } }: TabRequest<unknown>): SectionId {
  const parsed = SectionId.safeParse(section);
  if (parsed.success) return parsed.data;
  throw new CommunityError('not-found', `the charter has no such section; expected one of ${sectionIds.join(', ')}`);
}

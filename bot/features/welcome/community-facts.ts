import { SectionId } from '../../../domain/charter/charter.ts';
import { peopleInCharge, type Community, type Member, type Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { WelcomeParts } from './parts.ts';

/** What a newcomer is told about the community. */
export interface CommunityFacts {
  readonly community: Community;
  /** What the charter says; empty while it is unwritten. */
  readonly purpose: string;
  readonly written: ReadonlySet<SectionId>;
  /** Whom to turn to: the coordinators, or the team's owners while there are none. */
  readonly hosts: readonly Person[];
  /** The charter in the tab, at a section when one is named. */
  charterLink(section?: SectionId): string;
}

/**
 * Works with what there is: a community that is not set up, or that Microsoft 365 keeps from us just now, still
 * welcomes.
 */
export async function readFacts(
  { lists, roster, links, log }: Pick<WelcomeParts, 'lists' | 'roster' | 'links' | 'log'>,
  community: Community,
): Promise<CommunityFacts> {
  const perhaps = async <T>(read: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof CommunityError)) throw error;
      if (error.code !== 'not-set-up')
        log.warn({ community: community.id, code: error.code }, 'welcome card shown without all it could say');
      return otherwise;
    }
  };
  const rows = await perhaps(async () => lists.of(community.id).charter.all(), []);
  const texts = rows.flatMap(({ value: { section, text } }) => {
    const id = SectionId.safeParse(section);
    return id.success && text.trim() !== '' ? [[id.data, text] as const] : [];
  });
  return {
    community,
    purpose: new Map(texts).get('purpose') ?? '',
    written: new Set(texts.map(([id]) => id)),
    hosts: hostsOf(community, await perhaps(async () => roster.members(community.id), undefined)),
    charterLink: section => links.tab(community.id, section ? `charter/${section}` : 'charter'),
  };
}

function hostsOf(community: Community, members: readonly Member[] | undefined): readonly Person[] {
  return members ? peopleInCharge(community, members) : (community.settings?.coordinators ?? []);
}

import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { plain } from '../../cards.ts';
import { answerCard as plainCard } from '../../shared/answer.ts';
import { nameOf } from './cards.ts';
import type { AgendaParts } from './parts.ts';
import { asPerson, type AskedQuestion } from './store.ts';

const removedKind = 'agenda.removed';

/**
 * Tells whoever asked that somebody else takes their question away, at once and before it is gone: afterwards nobody
 * would know what it was.
 */
export async function tellRemoved(
  { messenger, links, roster }: Pick<AgendaParts, 'messenger' | 'links' | 'roster'>,
  community: ReadyCommunity,
  { id, title, askedBy, byHand }: AskedQuestion,
  who: Member,
): Promise<void> {
  if (byHand || askedBy.id === who.id || !(await roster.member(community.id, askedBy.id))) return;
  await messenger.post({
    community: community.id,
    kind: removedKind,
    period: id,
    to: [{ person: asPerson(askedBy) }],
    card: t =>
      plainCard({
        community,
        title: t('removed.title', { name: nameOf(who.name) }),
        text: plain(title),
        page: { open: t('open'), link: links.tab(community.id, 'agenda') },
      }),
    summary: t => t('removed.title', { name: who.name }),
  });
}

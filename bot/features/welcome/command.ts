import type { ReadyCommunity } from '../../../domain/community.ts';
import { localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import type { Ask, CardReply } from '../../feature.ts';
import { whenThere } from '../../lists/list.ts';
import { answerCard, answerLines } from '../../shared/answer.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { WelcomeParts } from './parts.ts';

/** For how many days somebody is new. */
const newFor = 30;
const mostNames = 12;
const longestName = 40;

/** `newcomers`: who has joined lately. What they answered was promised to few, and is in the tab. */
export async function showNewcomers(
  { lists, roster, clock }: WelcomeParts,
  { community, t }: Ask<ReadyCommunity>,
): Promise<CardReply> {
  const since = new Date(clock().getTime() - newFor * 24 * 60 * 60 * 1000).toISOString();
  const members = new Set((await roster.members(community.id)).map(({ id }) => id));
  const joined = (await whenThere(() => lists.of(community.id).newcomers.all()))
    .map(({ value }) => value)
    .filter(({ person, joinedAt }) => joinedAt >= since && members.has(person.id))
    .toSorted((one, other) => other.joinedAt.localeCompare(one.joinedAt));
  return {
    card: answerCard({
      community,
      title: t('new.title', { count: joined.length, community: plain(community.name) }),
      text: [
        answerLines(
          joined.slice(0, mostNames).map(({ person: { name }, joinedAt }) => ({
            title: plain(shortened(name, longestName)) || t('note.somebody'),
            value: t('new.on', onDay(localDay(new Date(joinedAt), community.settings.timeZone), nearDay)),
          })),
        ),
        joined.length === 0 ? '' : t('new.hello'),
      ]
        .filter(Boolean)
        .join('\n\n'),
    }),
  };
}

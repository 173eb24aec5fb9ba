import type { ReadyCommunity } from '../../../domain/community.ts';
import { isQuiet, type SentDigest } from '../../../domain/digest/digest.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import {
  asOfLine,
  comingSection,
  finishedLines,
  openRoles,
  periodLine,
  surveysSection,
  type Section,
} from './lines.ts';
import membersTemplate from './cards/members.card.json' with { type: 'json' };

export interface MembersShown {
  readonly community: ReadyCommunity;
  readonly digest: Pick<SentDigest, 'period' | 'words' | 'numbers' | 'lookedBy'>;
  readonly links: { tab(community: string, subPage: string): string };
}

/** What happened, what comes, and how to take part. */
export function membersCard(shown: MembersShown, t: Translate): Card {
  return renderCard(membersTemplate, membersData(shown, t));
}

/** `members.sample.json` is an example. */
export function membersData(
  { community, digest: { period, words, numbers, lookedBy }, links }: MembersShown,
  t: Translate,
) {
  const { plan, roles, newcomers } = numbers;
  const happened = [
    ...(newcomers.joined > 0 ? [t('members.newcomers', { count: newcomers.joined })] : []),
    ...finishedLines(numbers, t),
  ];
  const part = [
    ...(roles.open.length > 0 ? [t('members.role', { roles: openRoles(roles.open, t) })] : []),
    ...(plan.total > plan.done ? [t('members.plan-part')] : []),
    t('members.ask'),
  ];
  const section = (title: string, lines: readonly string[]): Section => ({
    title,
    lines: [{ text: lines.join('\n') }],
  });
  return {
    fallback: t('members.fallback', { community: community.name }),
    eyebrow: periodLine(community, period, t),
    title: t(
      isQuiet(numbers)
        ? numbers.coming.items.length > 0
          ? 'members.titleComing'
          : 'members.titleQuiet'
        : 'members.title',
    ),
    intro: cardMarkdown(words.intro),
    asOf: asOfLine({ lookedBy, period }, community.settings.timeZone, t),
    sections: [
      ...(happened.length > 0 ? [section(t('members.happened'), happened)] : []),
      ...(isQuiet(numbers) ? [section(t('members.happened'), [t('members.quiet')])] : []),
      ...surveysSection(numbers, t),
      ...comingSection(numbers, t),
      section(t('members.part'), part),
    ],
    storyTitle: t('story'),
    story: cardMarkdown(words.story),
    links: [
      { title: t('members.openRoles'), url: links.tab(community.id, 'roles') },
      { title: t('members.openDigest'), url: links.tab(community.id, 'digest') },
    ],
  };
}

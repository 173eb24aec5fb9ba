import type { DigestAudience } from '../../../domain/digest/digest.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import type { Card } from '../../cards.ts';
import type { DigestShown } from '../../../domain/digest/api.ts';
import { plainText } from '../../documents/write-text.ts';
import type { Translate } from '../../text.ts';
import { membersCard, membersData } from './members-card.ts';
import { sponsorCard, sponsorData, type Told } from './sponsor-card.ts';

interface Shown extends Told {
  readonly audience: DigestAudience;
  readonly community: ReadyCommunity;
  readonly links: { tab(community: string, subPage: string): string };
}

/** A digest as a card, and the same words and numbers as a text that can be pasted anywhere. */
export function shownAs({ audience, community, digest, links }: Shown, t: Translate): DigestShown {
  if (audience === 'members') {
    const data = membersData({ community, digest, links }, t);
    return {
      card: asJson(membersCard({ community, digest, links }, t)),
      text: textOf([
        data.eyebrow,
        data.title,
        data.intro,
        data.asOf,
        ...sectionTexts(data.sections),
        ...storyTexts(data),
      ]),
    };
  }
  const data = sponsorData({ told: [{ community, digest }] }, t);
  return {
    card: asJson(sponsorCard({ told: [{ community, digest }] }, t)),
    text: textOf([
      data.eyebrow,
      data.title,
      data.intro,
      data.asOf,
      data.facts.map(({ title, value }) => `${title}: ${value}`).join('\n'),
      ...sectionTexts(data.sections),
      ...storyTexts(data),
      data.ask === '' ? '' : t('copy.asked', { ask: data.ask }),
      data.times.length === 0 ? '' : `${data.timesLabel}\n${data.times.map(({ title }) => `- ${title}`).join('\n')}`,
      t('copy.answer'),
    ]),
  };
}

function sectionTexts(
  sections: readonly { readonly title: string; readonly lines: readonly { readonly text: string }[] }[],
): readonly string[] {
  return sections.map(({ title, lines }) => [title, ...lines.map(({ text }) => text)].join('\n'));
}

function storyTexts({ story, storyTitle }: { readonly story: string; readonly storyTitle: string }): readonly string[] {
  return story === '' ? [] : [`${storyTitle}\n${story}`];
}

/** What a card escapes or marks reads as itself in a mail. */
function textOf(blocks: readonly string[]): string {
  return blocks
    .map(plainText)
    .filter(block => block !== '')
    .join('\n\n');
}

function asJson(card: Card): Record<string, unknown> {
  return { ...card };
}

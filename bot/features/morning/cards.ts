import type { ReadyCommunity } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import template from './cards/several.card.json' with { type: 'json' };
import type { MorningParts } from './parts.ts';
import type { AskedWish } from './wishes.ts';

/** In characters; together with six lines they keep the card far below what Teams takes. */
const longestCommunity = 60;
const longestLine = 300;

export interface SeveralShown {
  readonly community: ReadyCommunity;
  readonly wishes: readonly AskedWish[];
  readonly links: MorningParts['links'];
}

/** What one person is told this morning, a line each. */
export function severalCard(shown: SeveralShown, t: Translate): Card {
  return renderCard(template, severalData(shown, t));
}

/** `several.sample.json` is an example. */
function severalData({ community, wishes, links }: SeveralShown, t: Translate) {
  const name = shortened(community.name, longestCommunity);
  return {
    community: community.id,
    fallback: t('several.fallback', { count: wishes.length, community: name }),
    title: t('several.title', { count: wishes.length, community: plain(name) }),
    lines: wishes.map(({ kind, period, wish }) => {
      const line = shortened(wish.line(t), longestLine);
      return {
        text: plain(line),
        open: t(wish.opens === undefined ? 'several.show' : 'several.goTo'),
        label: t(wish.opens === undefined ? 'several.showLabel' : 'several.goToLabel', { line }),
        page: wish.opens ?? '',
        data: { community: community.id, wish: kind, period },
      };
    }),
    open: t('several.open'),
    link: links.tab(community.id, 'overview'),
    stop: t('several.stop'),
  };
}

import type { ReadyCommunity } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import checkTemplate from './cards/check.card.json' with { type: 'json' };
import foundTemplate from './cards/found.card.json' with { type: 'json' };
import type { LibraryParts } from './parts.ts';
import type { ShelvedResource } from './store.ts';

/** In characters and rows; together they keep the fullest card under 25 KB. */
const longestTitle = 100;
const longestWhen = 200;
const longestName = 40;
const longestCommunity = 60;
export const mostFound = 6;

interface Where {
  readonly community: ReadyCommunity;
  readonly links: LibraryParts['links'];
}

interface FoundShown extends Where {
  readonly title: string;
  readonly text: string;
  readonly resources: readonly ShelvedResource[];
}

/** What was found, each with when it helps. Its title is pressed to open it. */
export function foundCard(shown: FoundShown, t: Translate): Card {
  return renderCard(foundTemplate, foundData(shown, t));
}

/** `found.sample.json` is an example. */
function foundData({ community, title, text, resources, links }: FoundShown, t: Translate) {
  return {
    fallback: t('found.fallback', { count: resources.length }),
    title,
    text,
    resources: resources.flatMap(({ title: name, url, when, ...resource }) =>
      url === null
        ? []
        : [
            {
              title: plain(shortened(name, longestTitle)),
              url,
              when: plain(shortened(when, longestWhen)),
              state: stateOf(resource, t),
            },
          ],
    ),
    open: t('open'),
    link: links.tab(community.id, 'library'),
  };
}

/** "Checked by Gwen Pritchard, 3 March 2026", or that it is out of date. */
function stateOf(
  { state, checkedBy, checkedAt }: Pick<ShelvedResource, 'state' | 'checkedBy' | 'checkedAt'>,
  t: Translate,
): string {
  if (state === 'new') return t('state.new');
  if (state === 'outdated') return t('state.outdated');
  return t('state.checked', {
    name: plain(shortened(checkedBy?.name ?? '', longestName)),
    ...onDay(checkedAt?.slice(0, 10) ?? null),
  });
}

interface CheckShown extends Where {
  readonly resources: readonly ShelvedResource[];
  readonly month: string;
  readonly notice?: string;
}

/** To those who look after the library: what nobody has looked at for long, each with its two answers. */
export function checkCard(shown: CheckShown, t: Translate): Card {
  return renderCard(checkTemplate, checkData(shown, t));
}

/** `check.sample.json` is an example. */
function checkData({ community, resources, month, notice = '', links }: CheckShown, t: Translate) {
  return {
    community: community.id,
    fallback: t('check.fallback'),
    title: resources.length === 0 ? t('check.done') : t('check.title', { count: resources.length }),
    notice,
    resources: resources.map(({ id, title, url, when }) => ({
      name: plain(shortened(title, longestTitle)),
      url: url ?? '',
      when: plain(shortened(when, longestWhen)),
      answers: (['right', 'outdated'] as const).map(still => ({
        title: t(`check.${still}`),
        label: t(`check.${still}Label`, { title }),
        data: { community: community.id, resource: id, still, month },
      })),
    })),
    why: t('check.why', { community: plain(shortened(community.name, longestCommunity)) }),
    open: t('open'),
    link: links.tab(community.id, 'library'),
    stop: t('stop'),
  };
}

import type { Community } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import type { LineForIt } from './problems.ts';
import listsTemplate from './cards/lists.card.json' with { type: 'json' };

/** In characters. */
const longestName = 60;
const longestProblem = 400;
/** More lists than this have the same trouble. */
const mostLists = 5;

export interface BrokenLists {
  readonly community: Community;
  readonly failures: readonly { readonly name: string; readonly problem: string }[];
  readonly link: string;
  /** What to send to IT, where only they can help. */
  readonly forIt?: readonly LineForIt[];
}

/** Tells a coordinator which lists are broken, what Microsoft 365 said and what to do. */
export function listsCard(broken: BrokenLists, t: Translate): Card {
  return renderCard(listsTemplate, listsData(broken, t));
}

/** `lists.sample.json` is an example. */
function listsData({ community, failures, link, forIt = [] }: BrokenLists, t: Translate) {
  const name = shortened(community.name, longestName);
  const more = failures.length - mostLists;
  return {
    fallback: t('broken.fallback', { community: name }),
    title: t('broken.title', { community: plain(name) }),
    intro: t('broken.intro', { count: failures.length }),
    failures: failures
      .slice(0, mostLists)
      .map(failure => ({ name: plain(failure.name), problem: plain(shortened(failure.problem, longestProblem)) })),
    forItTitle: t('forIt.title'),
    forIt: forIt.map(({ text, isCode }) => ({ text: plain(text), font: isCode ? 'Monospace' : 'Default' })),
    more: more > 0 ? t('broken.more', { count: more }) : '',
    open: t('broken.open'),
    link,
  };
}

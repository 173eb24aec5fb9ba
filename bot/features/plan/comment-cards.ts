import { localDay } from '../../../domain/schedule.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import type { Words } from '../../../domain/plan/comments.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { ActionCommentRow } from '../../lists/model.ts';
import type { Translate } from '../../text.ts';
import { detailOf } from './cards.ts';
import template from './cards/comment.card.json' with { type: 'json' };
import type { PlanParts } from './parts.ts';
import type { PlannedAction } from './store.ts';

/** In characters. */
const [longestCommunity, longestName, longestTitle] = [60, 60, 90];

interface Where {
  readonly community: ReadyCommunity;
  readonly links: PlanParts['links'];
  readonly now: Date;
}

/** The same for whoever is mentioned in a comment and for whoever owns its action. */
export function commentCard(
  {
    community,
    links,
    now,
    comment,
    action,
  }: Where & { readonly comment: ActionCommentRow; readonly action: PlannedAction },
  t: Translate,
): Card {
  const [name, title] = [shortened(comment.by.name, longestName), shortened(action.title, longestTitle)];
  return renderCard(template, {
    fallback: t('comment.fallback', { name, title, community: shortened(community.name, longestCommunity) }),
    title: t('comment.title', { name: plain(name), title: plain(title) }),
    detail: detailOf(action, localDay(now, community.settings.timeZone), t),
    words: shownWords(comment.words),
    open: t('comment.open'),
    link: links.tab(community.id, `plan/${action.id}`),
  });
}

/** In the place of one that was taken back, or whose action is gone: its words are nobody's to read any more. */
export function commentGoneCard({ community, links }: Omit<Where, 'now'>, t: Translate): Card {
  const name = shortened(community.name, longestCommunity);
  return renderCard(template, {
    fallback: t('comment.goneFallback', { community: name }),
    title: t('comment.gone'),
    detail: '',
    words: t('comment.goneText', { community: plain(name) }),
    open: t('open'),
    link: links.tab(community.id, 'plan'),
  });
}

/** `comment.sample.json` is an example. Each line is a paragraph, as Markdown would join them. */
function shownWords(words: Words): string {
  return words
    .map(word =>
      typeof word === 'string'
        ? word.split('\n').map(escaped).join('\n')
        : `**@${plain(shortened(word.name, longestName))}**`,
    )
    .join('')
    .split('\n')
    .filter(line => line.trim() !== '')
    .join('\n\n');
}

/** {@link plain} takes the space away at both ends, which stands between words and people here. */
function escaped(text: string): string {
  const [before, after] = [/^\s/.test(text) ? ' ' : '', /\S\s+$/.test(text) ? ' ' : ''];
  return `${before}${plain(text)}${after}`;
}

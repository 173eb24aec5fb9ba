import { timeIn, timesLeft } from '../../../domain/attention/mornings.ts';
import type { ReadyCommunity } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import putOffTemplate from './cards/put-off.card.json' with { type: 'json' };
import template from './cards/several.card.json' with { type: 'json' };
import type { MorningParts } from './parts.ts';
import type { AskedWish } from './asked-wish.ts';

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
      const line = again(shortened(wish.line(t), longestLine), { again: wish.again !== undefined, period }, t);
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

/** What is put again says so, as nothing else in its line need have changed. */
function again(line: string, asked: { readonly again: boolean; readonly period: string }, t: Translate): string {
  const time = asked.again ? timeIn(asked.period) : 'first';
  return time === 'first' ? line : t(`several.${time}`, { line });
}

/**
 * The card of an open question with what becomes of it when nobody answers, and two ways to say otherwise, which stand
 * behind the three dots: its own buttons come first. What comes for the last time needs neither.
 */
export function withWays(
  { kind, period: base, wish }: Pick<AskedWish, 'kind' | 'period' | 'wish'>,
  { community, period }: { readonly community: string; readonly period: string },
): (t: Translate) => Card {
  return t => {
    const { body, actions, ...card } = wish.card(t);
    const left = timesLeft(base, period);
    const data = { community, wish: kind, period: base };
    const way = (verb: 'later' | 'letGo') => ({
      type: 'Action.Execute',
      title: t(`morning:again.${verb}`),
      verb: `morning.${verb}`,
      associatedInputs: 'none',
      mode: 'secondary',
      data,
    });
    const text = t(`morning:again.left.${left === 0 ? 'none' : left === 1 ? 'once' : 'twice'}`);
    return {
      ...card,
      body: [
        ...(Array.isArray(body) ? body : []),
        { type: 'TextBlock', text, size: 'Small', isSubtle: true, wrap: true },
      ],
      actions: [...(Array.isArray(actions) ? actions : []), ...(left === 0 ? [] : [way('later'), way('letGo')])],
    };
  };
}

export interface PutOffShown extends Pick<SeveralShown, 'community' | 'links'> {
  readonly asked: AskedWish;
  /** The day on which it comes again; null for never. */
  readonly on: string | null;
}

/** What somebody chose of an open question, and the way back. */
export function putOffCard(shown: PutOffShown, t: Translate): Card {
  return renderCard(putOffTemplate, putOffData(shown, t));
}

/** `put-off.sample.json` is an example. */
function putOffData({ community, links, asked, on }: PutOffShown, t: Translate) {
  const { kind, period, wish } = asked;
  const line = shortened(wish.line(t), longestLine);
  const text = on === null ? t('morning:again.gone') : t('morning:again.comes', onDay(on, nearDay));
  return {
    fallback: `${line}. ${text}`,
    line: plain(line),
    text,
    takeBack: t('morning:again.takeBack'),
    data: { community: community.id, wish: kind, period },
    open: t('morning:several.open'),
    link: links.tab(community.id, 'overview'),
  };
}

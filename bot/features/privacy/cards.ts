import type { PrivacyView } from '../../../domain/privacy/api.ts';
import type { HeldView } from './view.ts';
import { timeZoneOf, type Community } from '../../../domain/community.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import type { PrivacyParts } from './parts.ts';
import template from './cards/data.card.json' with { type: 'json' };

/** A card stays small: the tab and the file have all of it. */
const mostEntries = 3;
const longestLine = 160;
const longestName = 60;

interface Shown {
  readonly community: Community;
  readonly view: HeldView;
  readonly links: PrivacyParts['links'];
}

/** What is kept about the person who asked. */
export function dataCard({ community, view, links }: Shown, t: Translate): Card {
  const name = nameOf(community);
  return renderCard(template, {
    ...head(community, t('data.title', { community: name }), links, t),
    lead: t(view.held.length === 0 ? 'data.nothing' : 'data.lead'),
    parts: view.held.map(({ title, why, entries }) => ({
      title: t('data.count', { title, count: entries.length }),
      lines: [
        ...entries
          .slice(0, mostEntries)
          .map(facts => lineOf(facts, timeZoneOf(community), t))
          .filter(line => line !== ''),
        ...(entries.length > mostEntries ? [t('data.more', { count: entries.length - mostEntries })] : []),
        why,
      ],
    })),
    buttons: [
      // The card on which they asked for no more messages may be long gone.
      ...(view.held.some(({ kind }) => kind === 'opt_outs') ? [resumeButton(t)] : []),
      { verb: 'privacy.ask', title: t('ask.open'), style: 'default' },
    ],
  });
}

/** What goes, what stays and why, before anything is erased. */
export function askCard({ community, view, links }: Shown, t: Translate): Card {
  const part = (fate: PrivacyView['held'][number]['fate']) => {
    const lines = view.held
      .filter(one => one.fate === fate)
      .map(
        ({ title, why, entries }) =>
          `${t('data.count', { title, count: entries.length })}${fate === 'stays' ? `: ${why}` : ''}`,
      );
    return lines.length > 0 ? [{ title: t(`ask.${fate}`), lines }] : [];
  };
  return renderCard(template, {
    ...head(community, t('ask.title', { community: nameOf(community) }), links, t),
    lead: view.first === null ? t('ask.lead') : plain(view.first),
    parts: [...part('goes'), ...part('loses-name'), ...part('stays'), { title: t('ask.beyond'), lines: view.beyond }],
    buttons: view.first === null ? [{ verb: 'privacy.forget', title: t('ask.confirm'), style: 'destructive' }] : [],
  });
}

/** It is done. */
export function forgottenCard(
  { community, links }: { readonly community: Community; readonly links: PrivacyParts['links'] },
  t: Translate,
): Card {
  return renderCard(template, {
    ...head(community, t('forgotten.title'), links, t),
    lead: t('forgotten.text', { community: nameOf(community) }),
    parts: [],
    buttons: [resumeButton(t)],
  });
}

function resumeButton(t: Translate) {
  return { verb: 'privacy.resume', title: t('forgotten.resume'), style: 'default' };
}

function head({ id }: Community, title: string, links: PrivacyParts['links'], t: Translate) {
  return { community: id, fallback: title, title, open: t('open'), link: links.tab(id, 'privacy') };
}

function nameOf({ name }: Community): string {
  return plain(shortened(name, longestName));
}

function lineOf(facts: PrivacyView['held'][number]['entries'][number], timeZone: string, t: Translate): string {
  const parts = facts.map(({ name, value }) => `${name}: ${inWords(value, timeZone, t)}`);
  return plain(shortened(parts.join('; '), longestLine));
}

/** Days and moments as people write them. */
function inWords(value: string, timeZone: string, t: Translate): string {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    return t('when', onDay(value));
  }
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return value;
  return t('when', {
    when: new Date(value),
    formatParams: { when: { dateStyle: 'long', timeStyle: 'short', timeZone } },
  });
}

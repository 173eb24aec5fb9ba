import { z } from 'zod';
import type { Community } from '../../domain/community.ts';
import { shortened } from '../../domain/text.ts';
import { plain, renderCard, type Card } from '../cards.ts';
import { cardAction, type Press } from '../feature.ts';
import type { Messenger } from '../ports.ts';
import type { Translate } from '../text.ts';
import template from './cards/quiet.card.json' with { type: 'json' };
import de from './text.de.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };

/** The sentences that features share; they are asked for as `t('shared:…')`. */
export const sharedText = { shared: { en, de } } as const;

const longestName = 80;
const noLink = { open: '', link: '' };

export interface QuietShown {
  readonly community: Community;
  /** Of the button that takes it back. */
  readonly verb: string;
  /** What the person can still do, in the words of the feature that wrote to them. */
  readonly still: string;
  /** Where they can do it. */
  readonly page?: { readonly open: string; readonly link: string };
}

/** Tells a person that no more messages will come, and how to get them again. */
export function stoppedCard({ community, verb, still, page = noLink }: QuietShown, t: Translate): Card {
  const textAbout = (name: string): string => t('shared:stopped.text', { community: name, still });
  return renderCard(template, {
    ...page,
    ...inWords(community, t('shared:stopped.title'), textAbout),
    verb,
    resume: t('shared:stopped.resume'),
  });
}

/** Tells a person that messages come again. */
export function resumedCard({ community, page = noLink }: Pick<QuietShown, 'community' | 'page'>, t: Translate): Card {
  const textAbout = (name: string): string => t('shared:resumed.text', { community: name });
  return renderCard(template, {
    ...page,
    ...inWords(community, t('shared:resumed.title'), textAbout),
    verb: '',
    resume: '',
  });
}

/** `quiet.sample.json` is an example. */
function inWords({ id, name }: Community, title: string, textAbout: (name: string) => string) {
  const short = shortened(name, longestName);
  return { community: id, fallback: textAbout(short), title, text: textAbout(plain(short)) };
}

/** The buttons `stop` and `resume` on the cards that a feature sends into a person's own chat. */
export function quietActions(
  { messenger }: { readonly messenger: Messenger },
  shown: (community: Community, t: Translate) => Omit<QuietShown, 'community'>,
) {
  async function onStop({ who, community, t }: Press<unknown>) {
    await messenger.optOut(community.id, who.id, true);
    return { card: stoppedCard({ community, ...shown(community, t) }, t) };
  }

  async function onResume({ who, community, t }: Press<unknown>) {
    await messenger.optOut(community.id, who.id, false);
    return { card: resumedCard({ community, ...shown(community, t) }, t) };
  }

  return {
    stop: cardAction({ may: 'community.read' }, { data: z.object({}), run: onStop }),
    resume: cardAction({ may: 'community.read' }, { data: z.object({}), run: onResume }),
  };
}

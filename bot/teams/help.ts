import type { Community, Person } from '../../domain/community.ts';
import { plain, renderCard, type Card } from '../cards.ts';
import { sayVerb, type SharedMessage } from '../feature.ts';
import type { Translate } from '../text.ts';
import { shortened } from '../../domain/text.ts';
import { firstName } from '../shared/first-name.ts';
import chooseForMessageTemplate from './cards/choose-for-message.card.json' with { type: 'json' };
import chooseTemplate from './cards/choose.card.json' with { type: 'json' };
import helpTemplate from './cards/help.card.json' with { type: 'json' };

/** Teams shows six; a host that keeps to the renderer's default shows five. */
const mostButtons = 5;
/** In characters. */
const longestButton = 60;
const longestCarried = 500;

export interface Help {
  readonly who: Person;
  readonly community: Community;
  readonly place: 'channel' | 'chat';
  /** Each with its name, what it is called in the reader's language, and what it does. */
  readonly commands: readonly { readonly name: string; readonly shown: string; readonly about: string }[];
}

/** What the bot can do, with a button for each thing that can be typed. */
export function helpCard(t: Translate, { who, community, place, commands }: Help): Card {
  const names = { name: plain(firstName(who.name)), community: plain(community.name) };
  return renderCard(helpTemplate, {
    title: t('help.hello', names),
    intro: t('help.intro', names),
    how: t(place === 'channel' ? 'help.how-channel' : 'help.how-chat'),
    commands: commands.map(({ shown, about }) => ({ name: shown, about })),
    buttons: commands
      .slice(0, mostButtons)
      .map(({ name, shown }) => ({ title: shown, data: { community: community.id, text: name } })),
    verb: sayVerb,
  });
}

/** Asks what a person meant: each guess is a button that says it in the bot's own words. */
export function guessCard(
  t: Translate,
  {
    community,
    guesses,
  }: { readonly community: Community; readonly guesses: readonly { readonly typed: string; readonly label: string }[] },
): Card {
  return renderCard(chooseTemplate, {
    question: t('guess.question', { count: guesses.length }),
    more: '',
    buttons: guesses.map(({ typed, label }) => ({
      title: shortened(label, longestButton),
      data: { community: community.id, text: shortened(typed, longestCarried) },
    })),
    verb: sayVerb,
  });
}

/** Asks which community a person meant, when they are in several. */
export function chooseCard(t: Translate, communities: readonly Community[], text: string): Card {
  return renderCard(chooseTemplate, {
    question: t('choose.question'),
    more: communities.length > mostButtons ? t('choose.more') : '',
    buttons: communities
      .slice(0, mostButtons)
      .map(({ id, name }) => ({ title: name, data: { community: id, text: shortened(text, longestCarried) } })),
    verb: sayVerb,
  });
}

/** Asks in a dialog which community something is for; a dialog's form takes any number of them. */
export function chooseForMessageCard(t: Translate, communities: readonly Community[], message: SharedMessage): Card {
  return renderCard(chooseForMessageTemplate, {
    question: t('choose.question'),
    required: t('choose.required'),
    first: communities[0]?.id ?? '',
    choices: communities.map(({ id, name }) => ({ title: name, value: id })),
    go: t('choose.go'),
    data: { chosen: true, message },
  });
}

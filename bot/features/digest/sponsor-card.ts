import type { ReadyCommunity } from '../../../domain/community.ts';
import { isQuiet, longestReply, type ReplyChoice, type SentDigest } from '../../../domain/digest/digest.ts';
import { shortened } from '../../../domain/text.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { plain, plainChoice, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import {
  aimsSection,
  askedSection,
  asOfLine,
  comingSection,
  finishedSection,
  nameOf,
  newcomersLine,
  periodLine,
  planLine,
  rolesLine,
  surveysSection,
  type Section,
} from './lines.ts';
import sponsorTemplate from './cards/sponsor.card.json' with { type: 'json' };

/** More communities than these do not fit into one card. */
const mostCommunities = 12;
const longestAskInLine = 100;
const choicesToAsk = ['yes', 'later', 'talk'] as const satisfies readonly ReplyChoice[];

/** The digest of one community, and of which. */
export interface Told {
  readonly community: ReadyCommunity;
  readonly digest: Pick<SentDigest, 'key' | 'period' | 'words' | 'numbers' | 'lookedBy'>;
}

export interface SponsorShown {
  /** The first is the community whose card it is. */
  readonly told: readonly Told[];
  /** What they answered before, to be changed. */
  readonly reply?:
    | { readonly choice: ReplyChoice; readonly text: string; readonly times: readonly string[] }
    | undefined;
  /** Stands above a digest that is not to be answered now: thanks for an answer, or why it can only be read. */
  readonly above?: Above | undefined;
}

export interface Above {
  readonly title: string;
  readonly texts: readonly string[];
  readonly quote: readonly string[];
  /** Whether an answer can be changed. */
  readonly again: boolean;
}

/** What a sponsor reads in two minutes and answers in place: one community in full, or a line for each of several. */
export function sponsorCard(shown: SponsorShown, t: Translate): Card {
  return renderCard(sponsorTemplate, sponsorData(shown, t));
}

/** `sponsor.sample.json` is an example. */
export function sponsorData({ told, reply, above }: SponsorShown, t: Translate) {
  const [first] = told;
  if (!first) throw new Error('a digest needs a community: told is empty');
  const { community, digest } = first;
  const { key, words } = digest;
  const several = told.length > 1;
  return {
    community: community.id,
    digest: key,
    fallback: t('sponsor.fallback', { community: community.name }),
    above: {
      title: above?.title ?? '',
      texts: (above?.texts ?? []).map(text => ({ text })),
      quote: (above?.quote ?? []).map(text => ({ text })),
    },
    ...(several ? linesOf(told, t) : inFull(first, t)),
    intro: several ? '' : cardMarkdown(words.intro),
    asOf: several ? '' : asOfLine(digest, community.settings.timeZone, t),
    storyTitle: t('story'),
    story: several ? '' : cardMarkdown(words.story),
    ...answerPart({ told, reply, above }, t),
    again: above?.again ? t('thanks.again') : '',
    stop: t('sponsor.stop', { count: told.length }),
  };
}

/** Where a sponsor answers. Only what is asked can be said yes to: without an ask there is a word, and a talk. */
function answerPart({ told, reply, above }: SponsorShown, t: Translate) {
  const several = told.length > 1;
  const asks = told.some(({ digest: { words } }) => words.ask !== '');
  const words = several ? undefined : told[0]?.digest.words;
  const times = (words?.times ?? []).map((time, place) => ({ time, title: plainChoice(time), value: String(place) }));
  return {
    open: above === undefined,
    asks,
    askTitle: t(several || !asks ? 'sponsor.talkTitle' : 'sponsor.askTitle'),
    ask: cardMarkdown(words?.ask ?? ''),
    aboutLabel: t('reply.about'),
    aboutPlaceholder: t('reply.aboutPlaceholder'),
    aboutMissing: t('reply.aboutMissing'),
    about: '',
    abouts: several
      ? told.slice(0, mostCommunities).map(one => ({
          title: shortened(one.community.name, 80),
          value: aboutValue(one.community.id, one.digest.key),
        }))
      : [],
    choiceLabel: t('reply.choose'),
    choiceMissing: t('reply.missing'),
    choice: reply?.choice === 'word' ? '' : (reply?.choice ?? ''),
    choices: choicesToAsk.map(value => ({ title: t(`reply.choices.${value}`), value })),
    timesLabel: t('reply.times'),
    times: times.map(({ title, value }) => ({ title, value })),
    chosenTimes: times
      .filter(({ time }) => reply?.times.includes(time))
      .map(({ value }) => value)
      .join(','),
    textLabel: t(times.length > 0 ? 'reply.text' : 'reply.textTimes'),
    textPlaceholder: t('reply.placeholder'),
    longest: longestReply,
    text: reply?.text ?? '',
    send: t('reply.send'),
    talk: t('reply.choices.talk'),
  };
}

/**
 * Which digest an answer is about, as a choice of the card carries it. It is checked like everything that comes back.
 */
export function aboutValue(community: string, digest: string): string {
  return `${community} ${digest}`;
}

function inFull({ community, digest: { period, numbers, words } }: Told, t: Translate) {
  return {
    eyebrow: periodLine(community, period, t),
    title: t('sponsor.title'),
    facts: [
      { title: t('plan.title'), value: planLine(numbers, t) },
      { title: t('roles.title'), value: rolesLine(numbers, t) },
      { title: t('newcomers.title'), value: newcomersLine(numbers, t) },
    ],
    quiet: isQuiet(numbers) ? t('quiet') : '',
    sections: [
      ...askedSection(words, t),
      ...finishedSection(numbers, t),
      ...aimsSection(numbers, t),
      ...surveysSection(numbers, t),
      ...comingSection(numbers, t),
    ],
  };
}

function linesOf(told: readonly Told[], t: Translate) {
  const shown = told.slice(0, mostCommunities);
  const sections = shown.map(
    ({ community, digest: { period, numbers, words } }): Section => ({
      title: periodLine(community, period, t),
      lines: [
        {
          text: t('sponsor.line', {
            plan: planLine({ ...numbers, change: null }, t),
            roles: rolesLine(
              { ...numbers, roles: { ...numbers.roles, open: numbers.roles.open.slice(0, 2) }, change: null },
              t,
            ),
            newcomers: newcomersLine(numbers, t),
          }),
        },
        ...(words.ask === ''
          ? []
          : [{ text: t('sponsor.lineAsk', { ask: plain(shortened(words.ask, longestAskInLine)) }) }]),
      ],
    }),
  );
  const more = told.length - shown.length;
  return {
    eyebrow:
      shown
        .slice(0, 3)
        .map(({ community }) => nameOf(community))
        .join(', ') + (told.length > 3 ? ` ${t('more', { count: told.length - 3 })}` : ''),
    title: t('sponsor.titleSeveral', { count: told.length }),
    facts: [],
    quiet: '',
    sections:
      more > 0
        ? [...sections, { title: '…', lines: [{ text: t('sponsor.moreCommunities', { count: more }) }] }]
        : sections,
  };
}

import type { Community, Person } from '../../../domain/community.ts';
import { contributionIds, reasonIds } from '../../../domain/welcome/method.ts';
import { fittingFor, longestWords, type Fitting, type WelcomeAnswer } from '../../../domain/welcome/welcome.ts';
import { shortened } from '../../../domain/text.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import { firstName } from '../../shared/first-name.ts';
import type { Translate } from '../../text.ts';
import answeredTemplate from './cards/answered.card.json' with { type: 'json' };
import type { CommunityFacts } from './community-facts.ts';
import unansweredTemplate from './cards/unanswered.card.json' with { type: 'json' };
import welcomeTemplate from './cards/welcome.card.json' with { type: 'json' };

/** In characters. */
const longestPurpose = 600;
const longestName = 80;
const mostHosts = 4;
const mostUnanswered = 8;

export interface Asked {
  readonly name: string;
  /** What they said before, to be changed. */
  readonly answer: WelcomeAnswer | undefined;
  /** They were asked two weeks ago, and have not answered. */
  readonly again?: boolean;
}

export interface Answered {
  readonly name: string;
  readonly answer: WelcomeAnswer;
  /** False when the community had no lists to keep it in. */
  readonly kept: boolean;
}

/** Asks a newcomer what brings them here. */
export function welcomeCard(facts: CommunityFacts, asked: Asked, t: Translate): Card {
  return renderCard(welcomeTemplate, welcomeData(facts, asked, t));
}

/** What is fitted to the answer: it takes the place of the question. */
export function answeredCard(facts: CommunityFacts, answered: Answered, t: Translate): Card {
  return renderCard(answeredTemplate, answeredData(facts, answered, t));
}

/** `welcome.sample.json` is an example. */
function welcomeData(
  { community, purpose, hosts }: CommunityFacts,
  { name, answer, again = false }: Asked,
  t: Translate,
) {
  const communityName = shortened(community.name, longestName);
  const called = name.trim() === '' ? 'nameless' : 'named';
  return {
    community: community.id,
    fallback: t('fallback', { community: communityName }),
    title: t(again ? 'again.title' : 'title', { community: plain(communityName) }),
    why: t(again ? `again.${called}` : `why.${called}`, {
      name: plain(shortened(firstName(name), longestName)),
      community: plain(communityName),
    }),
    purposeTitle: t('purpose'),
    purpose: purpose === '' ? t('unwritten') : cardMarkdown(purpose, longestPurpose),
    hosts: hostsLine(hosts, t),
    reasons: {
      label: t('ask.reasons'),
      value: (answer?.reasons ?? []).join(','),
      choices: reasonIds.map(id => ({ id, title: t(`method.reason.${id}.title`) })),
    },
    words: {
      label: t('ask.words'),
      placeholder: t('ask.placeholder'),
      value: answer?.inOwnWords ?? '',
      longest: longestWords,
    },
    contributions: {
      label: t('ask.contributions'),
      value: (answer?.contributions ?? []).join(','),
      choices: contributionIds.map(id => ({ id, title: t(`method.contribution.${id}.title`) })),
    },
    footer: again || answer ? t('footer') : `${t('footer')} ${t('footerAgain')}`,
    send: t('send'),
    // Microsoft's renderer sends nothing for an input that was emptied: what was said needs a button to go away.
    takeBack: answer && hasSaid(answer) ? t('takeBack') : '',
    stop: t('stop'),
  };
}

function hasSaid({ reasons, inOwnWords, contributions }: WelcomeAnswer): boolean {
  return inOwnWords !== '' || reasons.length > 0 || contributions.length > 0;
}

/** `answered.sample.json` is an example. */
function answeredData(
  { community, written, hosts, charterLink }: CommunityFacts,
  { name, answer, kept }: Answered,
  t: Translate,
) {
  const communityName = shortened(community.name, longestName);
  const fitting = fittingFor(answer, written, hosts);
  return {
    community: community.id,
    fallback: t('answered.fallback', { community: communityName }),
    title:
      name.trim() === ''
        ? t('answered.titleNameless')
        : t('answered.title', { name: plain(shortened(firstName(name), longestName)) }),
    intro: t('answered.intro', { community: plain(communityName) }),
    steps: fitting.steps.map(step => stepOf(step, t)),
    read: fitting.read.length === 0 ? '' : t('answered.read'),
    sections: fitting.read.map(id => ({ section: t(`charter:method.${id}.title`), page: charterLink(id) })),
    ask: fitting.ask.length === 0 ? '' : t('answered.ask', { names: namesOf(fitting.ask) }),
    footer: t(kept ? 'answered.kept' : 'answered.notKept'),
    open: t('answered.open'),
    link: charterLink(),
    change: t('answered.change'),
    stop: t('stop'),
  };
}

export interface Unanswered {
  readonly community: Community;
  readonly newcomers: readonly { readonly name: string; readonly joinedOn: string }[];
  readonly link: string;
}

/** For those who welcome: who has said nothing yet. */
export function unansweredCard(unanswered: Unanswered, t: Translate): Card {
  return renderCard(unansweredTemplate, unansweredData(unanswered, t));
}

/** `unanswered.sample.json` is an example. */
function unansweredData({ community, newcomers, link }: Unanswered, t: Translate) {
  const name = shortened(community.name, longestName);
  const nameOf = (written: string): string => plain(shortened(written, longestName)) || t('note.somebody');
  const more = newcomers.length - mostUnanswered;
  return {
    fallback: t('unanswered.fallback', { community: name }),
    title: t('unanswered.title', {
      count: newcomers.length,
      name: nameOf(newcomers[0]?.name ?? ''),
      community: plain(name),
    }),
    lines: newcomers
      .slice(0, mostUnanswered)
      .map(each => t('unanswered.joined', { name: nameOf(each.name), ...onDay(each.joinedOn, nearDay) })),
    more: more > 0 ? t('unanswered.more', { count: more }) : '',
    hint: t('unanswered.hint', { count: newcomers.length }),
    open: t('unanswered.open'),
    link,
  };
}

function hostsLine(hosts: readonly Person[], t: Translate): string {
  return hosts.length === 0 ? '' : t('hosts', { count: hosts.length, names: namesOf(hosts) });
}

function namesOf(people: readonly Person[]): readonly string[] {
  return people.slice(0, mostHosts).map(({ name }) => plain(shortened(name, longestName)));
}

function stepOf(step: Fitting['steps'][number], t: Translate) {
  return 'reason' in step
    ? { because: t(`method.reason.${step.reason}.title`), suggestion: t(`method.reason.${step.reason}.suggestion`) }
    : {
        because: t(`method.contribution.${step.contribution}.title`),
        suggestion: t(`method.contribution.${step.contribution}.firstStep`),
      };
}

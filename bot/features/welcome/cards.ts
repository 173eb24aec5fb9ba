import type { Person } from '../../../domain/community.ts';
import { contributionIds, reasonIds } from '../../../domain/welcome/method.ts';
import { fittingFor, longestWords, type Fitting, type WelcomeAnswer } from '../../../domain/welcome/welcome.ts';
import { shortened } from '../../../domain/text.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import answeredTemplate from './cards/answered.card.json' with { type: 'json' };
import type { CommunityFacts } from './community-facts.ts';
import welcomeTemplate from './cards/welcome.card.json' with { type: 'json' };

/** In characters. */
const longestPurpose = 600;
const longestName = 80;
const mostHosts = 4;

export interface Asked {
  readonly name: string;
  /** What they said before, to be changed. */
  readonly answer: WelcomeAnswer | undefined;
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
function welcomeData({ community, purpose, hosts }: CommunityFacts, { name, answer }: Asked, t: Translate) {
  const communityName = shortened(community.name, longestName);
  return {
    community: community.id,
    fallback: t('fallback', { community: communityName }),
    title: t('title', { community: plain(communityName) }),
    why: t(name.trim() === '' ? 'why.nameless' : 'why.named', {
      name: plain(shortened(name, longestName)),
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
    footer: t('footer'),
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
        : t('answered.title', { name: plain(shortened(name, longestName)) }),
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

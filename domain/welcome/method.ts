import type { SectionId } from '../charter/charter.ts';

/** What a newcomer may answer when asked what brings them here. */
export interface WelcomeReason {
  readonly id: ReasonId;
  readonly title: string;
  /** The same in a gathered line: "they come for: tips (2)". */
  readonly short: string;
  /** What to try first, in a sentence or two. */
  readonly suggestion: string;
  /** Whether a coordinator is the one to ask: they know who works on what. */
  readonly ask: boolean;
  /** The section of the charter that says more. */
  readonly section: SectionId;
}

/** How a newcomer may like to contribute. */
export interface WelcomeContribution {
  readonly id: ContributionId;
  readonly title: string;
  readonly short: string;
  /** A first step of a few minutes. */
  readonly firstStep: string;
}

export const reasonIds = ['learn', 'tips', 'advice', 'people', 'share', 'curious'] as const;
export type ReasonId = (typeof reasonIds)[number];

export const contributionIds = ['questions', 'story', 'resource', 'event', 'later'] as const;
export type ContributionId = (typeof contributionIds)[number];

/**
 * What brings people to a community, and what is fitted to each; few enough for one look. Source: the questions that
 * find the energy (Queen Mary University of London, Communities of Practice toolkit) and the individual resource for
 * each new member, by their reason to join (NHS communities of practice, facilitation timetable); the words are ours.
 */
export const reasons: readonly WelcomeReason[] = [
  {
    id: 'learn',
    title: 'Learn about the topic',
    short: 'learning',
    suggestion:
      'Start with what this community covers, then pick one post of the last weeks and ask the question it leaves you with.',
    ask: false,
    section: 'scope',
  },
  {
    id: 'tips',
    title: 'Pick up tips I can use at work',
    short: 'tips',
    suggestion:
      'Choose one thing somebody here has tried, use it this week, and tell them how it went. That answer is worth gold to them.',
    ask: false,
    section: 'resources',
  },
  {
    id: 'advice',
    title: 'Get advice on something I am stuck with',
    short: 'advice',
    suggestion:
      'Write your question in the channel: what you want to reach, what you tried, where it stops. Half-finished is fine.',
    ask: true,
    section: 'ways-of-working',
  },
  {
    id: 'people',
    title: 'Meet people who do similar work',
    short: 'meeting people',
    suggestion:
      'Say hello in the channel with one line about what you do and one thing you wonder about. Then have a short call with one person.',
    ask: true,
    section: 'members',
  },
  {
    id: 'share',
    title: 'Share what I know',
    short: 'sharing',
    suggestion:
      'Tell one short story: what you did, what happened, what you would do differently. Open questions of others are a good place for it.',
    ask: false,
    section: 'aims',
  },
  {
    id: 'curious',
    title: 'I am just curious',
    short: 'curiosity',
    suggestion:
      'Lovely. Look around, read what the community is for, and come to one meeting before you decide anything.',
    ask: false,
    section: 'purpose',
  },
];

/**
 * How people contribute, small things first. Source: as above, and the contributions of under half an hour in the NHS
 * summary.
 */
export const contributions: readonly WelcomeContribution[] = [
  {
    id: 'questions',
    title: 'Ask and answer questions',
    short: 'questions',
    firstStep:
      'Ask one question in the channel this week, or add what you know to somebody else’s. Half an answer is fine.',
  },
  {
    id: 'story',
    title: 'Tell what I tried at work',
    short: 'stories',
    firstStep: 'Write three lines about something you tried: what, how it went, what you learnt.',
  },
  {
    id: 'resource',
    title: 'Share or check useful material',
    short: 'material',
    firstStep: 'Post one link or file you really use, and say in a line when it helps.',
  },
  {
    id: 'event',
    title: 'Help with a meeting or an event',
    short: 'events',
    firstStep: 'Offer one small task for the next meeting: notes, time-keeping or welcoming people.',
  },
  {
    id: 'later',
    title: 'Listen first, decide later',
    short: 'listening first',
    firstStep: 'Listening is taking part too. Nobody will chase you.',
  },
];

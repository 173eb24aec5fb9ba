import type { Audience, Question } from './survey.ts';

/** A survey to start from: words and questions can be changed before it goes out. */
export interface SurveyTemplate {
  readonly id: TemplateId;
  /** What a coordinator chooses by. */
  readonly name: string;
  /** When it helps, in a line. */
  readonly when: string;
  readonly title: string;
  readonly intro: string;
  readonly anonymous: boolean;
  readonly audience: Audience;
  /** How many days it usually stays open. */
  readonly days: number;
  readonly questions: readonly Question[];
}

export const templateIds = ['energy', 'event', 'pulse', 'tools', 'sponsor'] as const;
type TemplateId = (typeof templateIds)[number];

/**
 * What communities ask their members. Sources: finding the energy, feedback on use at work and consulting members
 * (Queen Mary University of London, Communities of Practice toolkit), learning needs and confidence with tools (NHS
 * communities of practice resources), questions for the sponsor (both); the words are ours.
 */
export const surveyTemplates: readonly SurveyTemplate[] = [
  {
    id: 'energy',
    name: 'Find the energy',
    when: 'At the start, or when a year has passed: who is here, what for, and what each would put in.',
    title: 'Where is our energy?',
    intro:
      'A few minutes that decide what we work on. Your name is kept with your answer, so that we can take you up on it.',
    anonymous: false,
    audience: 'members',
    days: 10,
    questions: [
      text('who', 'What do you do, in a line?'),
      text('topics', 'Which topic would make you come to a meeting?'),
      choices('gain', 'What would you like to get out of this community?', [
        'Answers to my questions',
        'New skills',
        'People who do similar work',
        'Ideas I can use at work',
        'A place to try things out',
        'A voice in decisions',
      ]),
      choices('give', 'How could you contribute?', [
        'Answer questions now and then',
        'Tell what I tried',
        'Share material',
        'Help with a meeting',
        'Look after a topic',
        'Not now, I listen first',
      ]),
      choice('time', 'How much time is realistic for you?', [
        'Half an hour a month',
        'An hour or two a month',
        'An hour a week',
        'More than that',
      ]),
    ],
  },
  {
    id: 'event',
    name: 'After an event',
    when: 'On the day after a meeting: two questions, one about use at work.',
    title: 'How was it for you?',
    intro: 'Two questions, one minute. They shape the next meeting.',
    anonymous: true,
    audience: 'channel',
    days: 5,
    questions: [
      rating('use', 'How likely are you to use something from it at work?', 'not at all', 'already doing it'),
      text('next', 'What should we keep, and what would you do differently?'),
    ],
  },
  {
    id: 'pulse',
    name: 'Pulse',
    when: 'Every few months: does the community still give people what they come for?',
    title: 'How are we doing?',
    intro: 'Four quick questions about how this community works for you.',
    anonymous: true,
    audience: 'members',
    days: 7,
    questions: [
      rating('worth', 'Is this community worth the time you give it?', 'not really', 'very much'),
      rating('safe', 'How easy is it to show unfinished work or ask a simple question here?', 'hard', 'very easy'),
      choice('change', 'Did something you met here change what you do at work?', [
        'Yes, more than once',
        'Yes, once',
        'Not yet',
        'I have only just joined',
      ]),
      text('wish', 'If you could change one thing about this community, what would it be?'),
    ],
  },
  {
    id: 'tools',
    name: 'Tool confidence',
    when: 'Before you move work into Teams: who would welcome a hand, and with what?',
    title: 'How do you get on with our tools?',
    intro: 'So that we offer help where it is wanted. There are no wrong answers.',
    anonymous: true,
    audience: 'members',
    days: 7,
    questions: [
      rating('posts', 'Following and answering posts in the channel', 'not sure', 'at ease'),
      rating('files', 'Finding and editing files together', 'not sure', 'at ease'),
      rating('meetings', 'Taking an active part in an online meeting', 'not sure', 'at ease'),
      choices('help', 'What would help you?', [
        'A short video',
        'A page with steps',
        'Somebody to ask',
        'Trying it out together',
        'Nothing, thank you',
      ]),
    ],
  },
  {
    id: 'sponsor',
    name: 'Question to the sponsor',
    when: 'Before you meet your sponsor: what members would like to put to them.',
    title: 'What shall we ask our sponsor?',
    intro: 'We meet our sponsor soon. Tell us what you would like them to hear.',
    anonymous: true,
    audience: 'channel',
    days: 7,
    questions: [
      text('question', 'Your question to our sponsor'),
      choice('about', 'What is it about?', [
        'Time to take part',
        'Money or tools',
        'Decisions that affect us',
        'Showing what we achieve',
        'Something else',
      ]),
      text('offer', 'What could we offer the organisation in return?'),
    ],
  },
];

function text(id: string, words: string): Question {
  return { id, kind: 'text', text: words, options: [], low: '', high: '' };
}

function rating(id: string, words: string, low: string, high: string): Question {
  return { id, kind: 'rating', text: words, options: [], low, high };
}

function choice(id: string, words: string, options: string[]): Question {
  return { id, kind: 'choice', text: words, options, low: '', high: '' };
}

function choices(id: string, words: string, options: string[]): Question {
  return { ...choice(id, words, options), kind: 'choices' };
}

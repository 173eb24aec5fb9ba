import type { Translate } from '../locale.ts';
import type { Audience, Question, QuestionKind } from './survey.ts';

/** A survey to start from. What coordinators choose it by, its title and all else it says are in `text.<language>.json`. */
export interface SurveyTemplate {
  readonly id: TemplateId;
  readonly anonymous: boolean;
  readonly audience: Audience;
  /** It asks about one event, which whoever plans it names. */
  readonly feedback?: true;
  /** How many days it usually stays open. */
  readonly days: number;
  readonly questions: readonly TemplateQuestion[];
}

interface TemplateQuestion {
  readonly id: string;
  readonly kind: QuestionKind;
  /** Names of what can be chosen. */
  readonly options: readonly string[];
}

/** A template in the language of whoever plans the survey: words and questions can be changed before it goes out. */
export type WordedTemplate = Omit<SurveyTemplate, 'questions'> & {
  readonly title: string;
  readonly intro: string;
  readonly questions: Question[];
};

export const templateIds = [
  'energy',
  'needs',
  'room',
  'event',
  'pulse',
  'tools',
  'sponsor',
  'review',
  'closing',
] as const;
type TemplateId = (typeof templateIds)[number];

/**
 * What communities ask their members. Sources: finding the energy, who is in the room, feedback on use at work, review
 * and closing (Queen Mary University of London, Communities of Practice toolkit), learning needs and confidence with
 * tools (NHS communities of practice resources), questions for the sponsor (both); the words are ours.
 */
export const surveyTemplates: readonly SurveyTemplate[] = [
  {
    id: 'energy',
    anonymous: false,
    audience: 'members',
    days: 10,
    questions: [
      text('who'),
      text('topics'),
      choices('gain', ['answers', 'skills', 'people', 'ideas', 'place', 'voice']),
      choices('give', ['core', 'answer', 'tell', 'share', 'make', 'meeting', 'topic', 'listen']),
      choice('time', ['least', 'little', 'some', 'more']),
    ],
  },
  {
    id: 'needs',
    anonymous: false,
    audience: 'members',
    days: 10,
    questions: [text('back'), text('know'), text('learn'), text('outside')],
  },
  {
    id: 'room',
    anonymous: false,
    audience: 'channel',
    days: 3,
    questions: [text('brings'), choice('part', ['lead', 'help', 'come', 'read']), text('missing')],
  },
  {
    id: 'event',
    anonymous: true,
    audience: 'channel',
    feedback: true,
    days: 5,
    questions: [rating('use'), text('keep'), text('change')],
  },
  {
    id: 'pulse',
    anonymous: true,
    audience: 'members',
    days: 7,
    questions: [rating('worth'), rating('safe'), choice('change', ['often', 'once', 'no', 'new']), text('wish')],
  },
  {
    id: 'tools',
    anonymous: true,
    audience: 'members',
    days: 7,
    questions: [
      rating('posts'),
      rating('files'),
      rating('meetings'),
      text('skill'),
      choices('help', ['video', 'page', 'somebody', 'together', 'nothing']),
    ],
  },
  {
    id: 'sponsor',
    anonymous: false,
    audience: 'channel',
    days: 7,
    questions: [
      text('question'),
      choice('name', ['yes', 'no']),
      choice('about', ['time', 'means', 'decisions', 'results', 'other']),
      text('offer'),
    ],
  },
  {
    id: 'review',
    anonymous: true,
    audience: 'members',
    days: 10,
    questions: [
      rating('worth'),
      choice('aims', ['yes', 'some', 'no']),
      text('which'),
      text('manager'),
      text('keep'),
      text('change'),
    ],
  },
  {
    id: 'closing',
    anonymous: false,
    audience: 'members',
    days: 14,
    questions: [
      choice('right', ['yes', 'later', 'no']),
      text('lost'),
      text('where'),
      choice('carry', ['yes', 'perhaps', 'no']),
    ],
  },
];

/**
 * Where the survey for the sponsor has what is put to them, and whether the name may go with it: questions by their id,
 * and the place of the option that agrees. Words may be changed before it goes out, these stay.
 */
export const sponsorQuestion = { text: 'question', name: 'name', yes: 0 } as const;

/** A survey keeps the words it begins with, whatever the method says later and in whichever language others read. */
export function templateIn(t: Translate, template: SurveyTemplate): WordedTemplate {
  const { id } = template;
  return {
    ...template,
    title: t(`method.${id}.title`),
    intro: t(`method.${id}.intro`),
    questions: template.questions.map(question => ({
      id: question.id,
      kind: question.kind,
      text: t(`method.${id}.question.${question.id}.text`),
      options: question.options.map(option => t(`method.${id}.question.${question.id}.option.${option}`)),
      low: question.kind === 'rating' ? t(`method.${id}.question.${question.id}.low`) : '',
      high: question.kind === 'rating' ? t(`method.${id}.question.${question.id}.high`) : '',
      required: false,
    })),
  };
}

function text(id: string): TemplateQuestion {
  return { id, kind: 'text', options: [] };
}

function rating(id: string): TemplateQuestion {
  return { id, kind: 'rating', options: [] };
}

function choice(id: string, options: readonly string[]): TemplateQuestion {
  return { id, kind: 'choice', options };
}

function choices(id: string, options: readonly string[]): TemplateQuestion {
  return { id, kind: 'choices', options };
}

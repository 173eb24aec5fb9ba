export const eventAudiences = ['everybody', 'core', 'sponsor', 'named'] as const;
type EventAudience = (typeof eventAudiences)[number];

/** A kind of meeting, with how long it usually takes, for whom it is, and what is on its agenda. */
interface EventKind {
  /** Stays the same for ever: events are stored under it. Its words are in `text.<language>.json`. */
  readonly id: EventKindId;
  readonly minutes: number;
  readonly audience: EventAudience;
  /** How often a community usually has it; null for once, or whenever it fits. */
  readonly usually: { readonly weeks: number } | { readonly months: number } | null;
  readonly agenda: readonly AgendaLine[];
  /** It lives from being easy: nobody is asked to prepare it. */
  readonly light?: true;
  /** Of a kind that is another one once it has been held before. */
  readonly later?: { readonly minutes: number; readonly agenda: readonly AgendaLine[] };
}

/** One line of a usual agenda; without minutes where the kind leaves them to those who are there. */
interface AgendaLine {
  readonly id: string;
  readonly minutes: number;
}

export const eventKindIds = [
  'meeting',
  'coffee',
  'learning',
  'core',
  'visit',
  'sponsor',
  'launch',
  'first-core',
  'basecamp',
  'review',
  'closing',
] as const;
export type EventKindId = (typeof eventKindIds)[number];

/**
 * The meetings of a community, in the order in which they are offered. Sources: the first meeting of the core group,
 * with the sponsor, launch, check-ins, coffee, review and closing (Queen Mary University of London, Communities of
 * Practice toolkit), visits and what a meeting is made of (NHS communities of practice resources), basecamp (SIPS,
 * What is a community of practice); the words are ours.
 */
export const eventKinds: readonly EventKind[] = [
  {
    id: 'meeting',
    minutes: 60,
    audience: 'everybody',
    usually: { months: 1 },
    agenda: lines(['new', 5], ['told', 5], ['main', 25], ['question', 15], ['next', 10]),
  },
  {
    id: 'coffee',
    light: true,
    minutes: 30,
    audience: 'everybody',
    usually: { months: 1 },
    agenda: lines(['on', 0], ['tried', 0], ['help', 0], ['sentence', 0]),
  },
  { id: 'learning', minutes: 60, audience: 'everybody', usually: null, agenda: [] },
  {
    id: 'core',
    light: true,
    minutes: 30,
    audience: 'core',
    usually: { weeks: 2 },
    agenda: lines(['are', 5], ['moved', 10], ['open', 10], ['who', 5]),
  },
  {
    id: 'visit',
    minutes: 90,
    audience: 'everybody',
    usually: null,
    agenda: lines(['see', 0], ['walk', 0], ['home', 0]),
  },
  {
    id: 'sponsor',
    minutes: 45,
    audience: 'sponsor',
    usually: { months: 6 },
    agenda: lines(['want', 5], ['strikes', 10], ['plans', 10], ['when', 5], ['speak', 8], ['door', 7]),
    later: { minutes: 30, agenda: lines(['did', 5], ['figures', 5], ['changed', 10], ['ask', 5], ['again', 5]) },
  },
  {
    id: 'launch',
    minutes: 75,
    audience: 'everybody',
    usually: null,
    agenda: lines(
      ['why', 10],
      ['worth', 10],
      ['ideas', 10],
      ['groups', 20],
      ['happens', 10],
      ['step', 10],
      ['here', 5],
    ),
  },
  {
    id: 'first-core',
    minutes: 60,
    audience: 'core',
    usually: null,
    agenda: lines(['yes', 15], ['share', 10], ['work', 15], ['give', 10], ['next', 10]),
  },
  {
    id: 'basecamp',
    minutes: 240,
    audience: 'everybody',
    usually: { months: 12 },
    agenda: lines(['been', 0], ['bring', 0], ['fits', 0], ['carries', 0], ['celebrate', 0]),
  },
  {
    id: 'review',
    minutes: 60,
    audience: 'everybody',
    usually: null,
    agenda: lines(
      ['pack', 5],
      ['surprises', 10],
      ['questions', 20],
      ['purpose', 10],
      ['decision', 10],
      ['celebrate', 5],
    ),
  },
  {
    id: 'closing',
    minutes: 60,
    audience: 'everybody',
    usually: null,
    agenda: lines(['did', 0], ['stays', 0], ['thanks', 0], ['touch', 0]),
  },
];

export function kindOf(id: EventKindId): EventKind {
  // Every id has its kind: a test holds the two together.
  return eventKinds.find(kind => kind.id === id) as EventKind;
}

/**
 * How long it usually takes and what is on its agenda.
 * @param held whether the community has had one of this kind before
 */
export function usualOf(id: EventKindId, held: boolean): Pick<EventKind, 'minutes' | 'agenda'> {
  const kind = kindOf(id);
  return (held ? kind.later : undefined) ?? kind;
}

/** The six Ps of preparing a meeting, in the order in which their questions come. */
export const psIds = ['purpose', 'people', 'presentation', 'participation', 'place', 'preparation'] as const;
export type PsId = (typeof psIds)[number];

/** One of the six, with the questions to hosts and on which working day before the event they are asked first. */
interface PsQuestions {
  readonly id: PsId;
  readonly day: number;
  readonly questions: readonly string[];
}

/** Source: the six Ps (Queen Mary University of London, Communities of Practice toolkit). */
export const sixPs: readonly PsQuestions[] = [
  { id: 'purpose', day: 10, questions: ['different', 'message', 'long'] },
  { id: 'people', day: 10, questions: ['must', 'introduces', 'talk'] },
  { id: 'presentation', day: 5, questions: ['before', 'order', 'gives'] },
  { id: 'participation', day: 5, questions: ['ten', 'behave', 'different'] },
  { id: 'place', day: 5, questions: ['room', 'there', 'tests'] },
  { id: 'preparation', day: 2, questions: ['know', 'bad', 'first'] },
];

/** Something that people can learn together in a meeting. */
interface Activity {
  /** Stays the same for ever: events are stored under it. */
  readonly id: ActivityId;
  /** From others (0) to with others (2), informal (0) to formal (2), inside the community or looking outside. */
  readonly together: 0 | 1 | 2;
  readonly formal: 0 | 1 | 2;
  readonly outside: boolean;
  /** Minutes to prepare it. */
  readonly effort: number;
  /** The stage of a community from which on it fits, 1 to 4. */
  readonly stage: 1 | 2 | 3 | 4;
}

export const activityIds = [
  'find',
  'story',
  'tips',
  'swap',
  'quick-question',
  'case-clinic',
  'what-if',
  'look-back',
  'topic-talk',
  'article',
  'hot-topic',
  'page',
  'collection',
  'tool',
  'answers',
  'figures',
  'scale',
  'seal',
  'guest',
  'training',
  'elsewhere',
  'course',
  'place',
  'pages',
  'trip',
] as const;
export type ActivityId = (typeof activityIds)[number];

export interface Cluster {
  readonly id: 'sharing' | 'asking' | 'sense' | 'making' | 'standards' | 'taught' | 'visiting';
  readonly activities: readonly Activity[];
}

/** Source: learning activities (NHS communities of practice resources); the words and the figures are ours. */
export const learningMenu: readonly Cluster[] = [
  {
    id: 'sharing',
    activities: [
      activity('find', [0, 0, 0], 5, 1),
      activity('story', [0, 0, 0], 15, 1),
      activity('tips', [1, 0, 0], 10, 1),
      activity('swap', [0, 1, 0], 15, 1),
    ],
  },
  {
    id: 'asking',
    activities: [
      activity('quick-question', [1, 0, 0], 5, 1),
      activity('case-clinic', [2, 1, 0], 20, 2),
      activity('what-if', [2, 0, 0], 20, 2),
      activity('look-back', [1, 1, 0], 30, 2),
    ],
  },
  {
    id: 'sense',
    activities: [
      activity('topic-talk', [2, 0, 0], 15, 1),
      activity('article', [2, 1, 1], 20, 2),
      activity('hot-topic', [2, 1, 0], 30, 3),
    ],
  },
  {
    id: 'making',
    activities: [
      activity('page', [2, 1, 0], 30, 2),
      activity('collection', [2, 1, 0], 30, 3),
      activity('tool', [2, 2, 0], 60, 3),
      activity('answers', [1, 1, 0], 30, 2),
    ],
  },
  {
    id: 'standards',
    activities: [
      activity('figures', [2, 2, 0], 60, 3),
      activity('scale', [2, 2, 0], 45, 3),
      activity('seal', [2, 2, 0], 60, 4),
    ],
  },
  {
    id: 'taught',
    activities: [
      activity('guest', [0, 2, 1], 45, 2),
      activity('training', [0, 2, 1], 60, 2),
      activity('elsewhere', [1, 2, 0], 45, 3),
      activity('course', [0, 2, 1], 20, 3),
    ],
  },
  {
    id: 'visiting',
    activities: [
      activity('place', [1, 1, 0], 30, 2),
      activity('pages', [1, 0, 1], 20, 3),
      activity('trip', [1, 1, 1], 90, 3),
    ],
  },
];

function lines(...all: readonly (readonly [id: string, minutes: number])[]): readonly AgendaLine[] {
  return all.map(([id, minutes]) => ({ id, minutes }));
}

function activity(
  id: ActivityId,
  [together, formal, outside]: readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1],
  effort: number,
  stage: 1 | 2 | 3 | 4,
): Activity {
  return { id, together, formal, outside: outside === 1, effort, stage };
}

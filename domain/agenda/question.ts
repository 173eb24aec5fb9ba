import { z } from 'zod';
import type { Community, Member, Person } from '../community.ts';
import { canWith } from '../permissions.ts';
import { line, prose } from '../text.ts';
import { Topics, wordsOf } from '../topics.ts';

/** In characters. */
export const longestQuestion = 200;
export const longestDetails = 2_000;
export const longestAnswer = 2_000;
/** How many people may go and look for one question. */
export const mostScouts = 5;

/**
 * `parked`: kept, so that it is not lost. `next`: to be taken up soon. `planned`: on the agenda of an event. `let-go`:
 * nobody needs it any more; it stays, so that it can be taken back.
 */
export const questionStates = ['parked', 'next', 'planned', 'answered', 'let-go'] as const;
export type QuestionState = (typeof questionStates)[number];

/** Names a question; whoever adds it chooses it, so that adding may be repeated. */
export const QuestionId = z
  .string()
  .regex(/^[a-z0-9-]{8,64}$/, { error: 'expected 8 to 64 small letters, digits and hyphens' });

/** What people say of a question. */
export const Question = z.object({
  title: line(longestQuestion).min(1),
  details: prose(longestDetails),
  topics: Topics,
});
export type Question = z.infer<typeof Question>;
export type QuestionField = keyof Question;
const questionFields = Object.keys(Question.shape) as readonly QuestionField[];

/** A question as it is kept. */
export interface KeptQuestion extends Question {
  readonly state: QuestionState;
  readonly askedBy: Person;
  /** ISO instant. */
  readonly askedAt: string;
  /** The message it was kept from; null for one that somebody typed. */
  readonly link: string | null;
  /** The event that takes it up; null for none. */
  readonly event: string | null;
  /** Empty while nobody has answered. */
  readonly answer: string;
  readonly answeredBy: Person | null;
  readonly answeredAt: string | null;
  /** What is in the library about it; null for nothing. */
  readonly resource: string | null;
  /** Who goes and looks, and the day by which they tell what they found. */
  readonly scouts: readonly Person[];
  readonly backOn: string | null;
  readonly changedBy: Person;
  readonly changedAt: string;
}

/** Who changes something, and when. */
export interface By {
  readonly by: Person;
  readonly now: Date;
}

export function asked(question: Question, link: string | null, { by, now }: By): KeptQuestion {
  const at = now.toISOString();
  return {
    ...question,
    state: 'parked',
    askedBy: by,
    askedAt: at,
    link,
    event: null,
    answer: '',
    answeredBy: null,
    answeredAt: null,
    resource: null,
    scouts: [],
    backOn: null,
    changedBy: by,
    changedAt: at,
  };
}

/** What is on its way to an answer. */
export function isOpen({ state }: Pick<KeptQuestion, 'state'>): boolean {
  return state !== 'answered' && state !== 'let-go';
}

/** Where a question can be put by a press alone; to an event and to an answer more has to be said. */
export const questionMoves = ['parked', 'next', 'let-go'] as const;
export type QuestionMove = (typeof questionMoves)[number];

/** What is answered, or let go, is first asked anew. */
const movesFrom: Readonly<Record<QuestionState, readonly QuestionMove[]>> = {
  parked: ['next', 'let-go'],
  next: ['parked', 'let-go'],
  planned: ['parked', 'next', 'let-go'],
  answered: ['parked'],
  'let-go': ['parked'],
};

export function movesOf({ state }: Pick<KeptQuestion, 'state'>): readonly QuestionMove[] {
  return movesFrom[state];
}

/**
 * The question after the move; the same object when it is there already, as after a press that is repeated, and null
 * when it cannot go there. What was answered before stays to be read, until there is another answer.
 */
export function moved<Kept extends KeptQuestion>(question: Kept, to: QuestionMove, by: By): Kept | null {
  if (question.state === to) return question;
  if (!movesFrom[question.state].includes(to)) return null;
  return touched({ ...question, state: to, event: null }, by);
}

/** The question on the agenda of an event; null when it is answered, or let go. */
export function planned<Kept extends KeptQuestion>(question: Kept, event: string, by: By): Kept | null {
  if (!isOpen(question)) return null;
  if (question.state === 'planned' && question.event === event) return question;
  return touched({ ...question, state: 'planned', event }, by);
}

/** The same with people who go and look, until a day or without one. Nobody looks for what is answered, or let go. */
export function scouted<Kept extends KeptQuestion>(
  question: Kept,
  { scouts, backOn }: Pick<KeptQuestion, 'scouts' | 'backOn'>,
  by: By,
): Kept | null {
  if (!isOpen(question)) return null;
  if (question.backOn === backOn && samePeople(question.scouts, scouts)) return question;
  return touched({ ...question, scouts, backOn }, by);
}

/**
 * The question with an answer: words, something in the library, or both. Nobody has to look any more. The same object
 * when it says so already.
 */
export function answered<Kept extends KeptQuestion>(
  question: Kept,
  { answer, resource }: Pick<KeptQuestion, 'answer' | 'resource'>,
  by: By,
): Kept {
  if (question.state === 'answered' && question.answer === answer && question.resource === resource) return question;
  const next = { ...question, state: 'answered' as const, answer, resource, scouts: [], backOn: null };
  return touched({ ...next, answeredBy: by.by, answeredAt: by.now.toISOString() }, by);
}

/** The question in other words. */
export function reworded<Kept extends KeptQuestion>(question: Kept, words: Question, by: By): Kept {
  const { title, details, topics } = words;
  return touched({ ...question, title, details, topics }, by);
}

function touched<Kept extends KeptQuestion>(question: Kept, { by, now }: By): Kept {
  return { ...question, changedBy: by, changedAt: now.toISOString() };
}

/**
 * Whether this member may reword a question, put it somewhere else and take it away: whoever asked, whoever answered,
 * and those who look after the agenda. Everybody may ask, say *me too*, and answer what has no answer.
 */
export function mayChange(
  { askedBy, answeredBy }: Pick<KeptQuestion, 'askedBy' | 'answeredBy'>,
  member: Member,
  community: Community,
): boolean {
  return canWith(member, 'question', askedBy.id === member.id || answeredBy?.id === member.id, community);
}

/** The fields in which the words of two questions differ. */
export function changedFields(one: Question, other: Question): readonly QuestionField[] {
  return questionFields.filter(field => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

/**
 * The question among these that asks the same, and has not been let go. An open one comes before one with an
 * answer.
 */
export function sameQuestion<Kept extends Pick<KeptQuestion, 'title' | 'state'>>(
  title: string,
  questions: readonly Kept[],
): Kept | undefined {
  const words = wordsOf(title);
  const same = questions.filter(question => question.state !== 'let-go' && wordsOf(question.title) === words);
  return same.find(isOpen) ?? same[0];
}

function samePeople(some: readonly Person[], others: readonly Person[]): boolean {
  const ids = new Set(others.map(({ id }) => id));
  return some.length === others.length && some.every(({ id }) => ids.has(id));
}

import { createHash } from 'node:crypto';
import type { HeardQuestion } from '../../../domain/agenda/days.ts';
import {
  asked,
  isOpen,
  longestAnswer,
  longestDetails,
  longestQuestion,
  mayChange,
  mostScouts,
  moved,
  QuestionId,
  sameQuestion,
  type By,
  type KeptQuestion,
  type Question,
} from '../../../domain/agenda/question.ts';
import type { Says } from '../../../domain/agenda/voices.ts';
import type { Community, Member, Person, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { topicsFrom } from '../../../domain/topics.ts';
import { change, whenThere, type Stored } from '../../lists/list.ts';
import type { CommunityLists, QuestionRow, VoiceRow } from '../../lists/model.ts';
import type { AgendaParts } from './parts.ts';

/** A question with its id. */
export interface AskedQuestion extends KeptQuestion {
  readonly id: string;
  readonly etag: string;
  /** Somebody wrote it in SharePoint itself: nobody is known to have asked it, until it is saved here. */
  readonly byHand: boolean;
}

/** A question with what was said about it. */
export interface Heard extends HeardQuestion {
  readonly question: AskedQuestion;
  readonly voices: readonly VoiceRow[];
}

/** To read the agenda, to ask and to answer is everybody's; to change a question depends on whose it is. */
export const reading = { may: 'community.read', ready: true } as const;
export const changing = { may: 'community.read', own: 'question', ready: true } as const;
export const lookingAfter = { may: 'agenda.edit', ready: true } as const;

type Kept = Pick<AgendaParts, 'lists'>;

/** Every question; none where the list is not there yet. */
export async function readQuestions(
  { lists }: Kept,
  community: Pick<Community, 'id'>,
): Promise<readonly AskedQuestion[]> {
  return (await whenThere(() => lists.of(community.id).questions.all())).map(questionOf);
}

/** Every question with what was said about it. */
export async function readAgenda({ lists }: Kept, community: Pick<Community, 'id'>): Promise<readonly Heard[]> {
  const kept = lists.of(community.id);
  const [questions, voices] = await Promise.all([readQuestions({ lists }, community), kept.voices.all()]);
  const of = Map.groupBy(
    voices.map(({ value }) => value),
    ({ question }) => question,
  );
  return questions.map(question => ({ question, voices: of.get(question.id) ?? [] }));
}

/** One question with what was said about it. Throws `not-found`. */
export async function findHeard({ lists }: Kept, community: Pick<Community, 'id'>, id: string): Promise<Heard> {
  const kept = lists.of(community.id);
  const [question, voices] = await Promise.all([
    findQuestion({ lists }, community, id),
    kept.voices.all({ question: id }),
  ]);
  return { question, voices: voices.map(({ value }) => value) };
}

/** Throws `not-found`. */
export async function findQuestion(
  { lists }: Kept,
  community: Pick<Community, 'id'>,
  id: string,
): Promise<AskedQuestion> {
  const row = await lists.of(community.id).questions.find(id);
  if (!row) throw noQuestion(community, id);
  return questionOf(row);
}

/** Whether this member may change a question, as far as the product itself knows whose it is. */
export function mayChangeIt(
  { byHand, askedBy, answeredBy }: AskedQuestion,
  who: Member,
  community: Community,
): boolean {
  return mayChange(byHand ? { askedBy: nobody, answeredBy: null } : { askedBy, answeredBy }, who, community);
}

const nobody: Person = { id: '', name: '' };

/** Everybody answers what is open; what an answer says is changed by whoever may change the question. */
export function mayAnswerIt(question: AskedQuestion, who: Member, community: Community): boolean {
  return (isOpen(question) && !question.byHand) || mayChangeIt(question, who, community);
}

/** Throws `not-allowed`. */
export function mustChange(question: AskedQuestion, who: Member, community: Community): void {
  if (!mayChangeIt(question, who, community)) throw notYours();
}

/** Throws `not-allowed`. */
export function mustAnswer(question: AskedQuestion, who: Member, community: Community): void {
  if (!mayAnswerIt(question, who, community)) throw notYours();
}

function notYours(): CommunityError {
  return new CommunityError(
    'not-allowed',
    'a question is changed by whoever asked or answered it, and by those who look after the agenda',
    { permission: 'agenda.edit' },
  );
}

/**
 * Changes a question on what is stored now, again whenever somebody saved in between. `decide` looks whether the person
 * may; it returns undefined when there is nothing to change. Throws `not-found`.
 */
export async function changeQuestion(
  parts: Kept,
  community: Community,
  id: string,
  {
    decide,
    onBehalfOf,
  }: {
    readonly decide: (current: AskedQuestion) => KeptQuestion | undefined;
    /** The person's token; null for a card, which brings none. */
    readonly onBehalfOf: string | null;
  },
): Promise<AskedQuestion> {
  const list = listOf(parts, community, onBehalfOf);
  const stored = await list.find(id);
  if (!stored) throw noQuestion(community, id);
  const row = await change(list, id, current => {
    if (!current) return undefined;
    const before = questionOf({ ...stored, value: current });
    const wanted = decide(before);
    return wanted && wanted !== before ? rowOf(id, wanted) : undefined;
  });
  if (!row) throw noQuestion(community, id);
  return questionOf(row);
}

interface Keeping {
  readonly question: Question;
  /** The new question's id; a second call with the same one finds the first one's question. */
  readonly id: string;
  /** The message it is kept from. */
  readonly link: string | null;
}

/**
 * Keeps a question that every member may ask. The same words of somebody else are no second question: then whoever asks
 * is heard as one who asks the same.
 * @returns the question, and whether it is another's
 */
export async function keepQuestion(
  parts: Pick<AgendaParts, 'lists' | 'clock'>,
  community: ReadyCommunity,
  who: Person,
  { question, id, link }: Keeping,
): Promise<{ readonly heard: Heard; readonly known: boolean }> {
  const same = sameQuestion(question.title, await readQuestions(parts, community));
  if (same && same.id !== id) {
    if (isOpen(same)) await keepVoice(parts, community, same, who, 'me-too');
    return { heard: await findHeard(parts, community, same.id), known: true };
  }
  const by = byOf(parts, who);
  const { row } = await parts.lists.of(community.id).questions.create(rowOf(id, asked(question, link, by)));
  // Asked once more after it was let go, it is the same question.
  if (row.value.state === 'let-go')
    await changeQuestion(parts, community, id, {
      onBehalfOf: null,
      decide: current => moved<KeptQuestion>(current, 'parked', by) ?? undefined,
    });
  return { heard: await findHeard(parts, community, id), known: false };
}

/**
 * Keeps what somebody says about a question, in the place of what they said before; null takes it back. Whose voice it
 * is comes from who pressed.
 * @returns false for one's own question, and where it is too late
 */
export async function keepVoice(
  { lists, clock }: Pick<AgendaParts, 'lists' | 'clock'>,
  community: Pick<Community, 'id'>,
  question: AskedQuestion,
  who: Person,
  says: Says | null,
): Promise<boolean> {
  if (!hears(question, who)) return false;
  const { voices } = lists.of(community.id);
  const key = `${question.id}/${who.id}`;
  if (says === null) {
    const stored = await voices.find(key);
    if (stored) await voices.remove(stored);
    return true;
  }
  const at = clock().toISOString();
  await change(voices, key, current =>
    current?.says === says ? undefined : { key, question: question.id, person: asPerson(who), says, at },
  );
  return true;
}

/** Whether a question takes this person's voice: it is open, and somebody else's. */
export function hears(question: AskedQuestion, who: Pick<Person, 'id'>): boolean {
  return isOpen(question) && !isOwn(question, who);
}

export function isOwn({ byHand, askedBy }: AskedQuestion, who: Pick<Person, 'id'>): boolean {
  return !byHand && askedBy.id === who.id;
}

/** Takes a question away with all that was said about it; first the voices, so that a run that broke finds the rest. */
export async function removeQuestion(parts: Kept, community: Community, stored: Stored<QuestionRow>): Promise<void> {
  const { voices, questions } = parts.lists.of(community.id);
  for (const voice of await voices.all({ question: stored.value.key })) await voices.remove(voice);
  await questions.remove(stored);
}

/** A row as the rules know it. It may have been edited in SharePoint, where nothing keeps a title short. */
export function questionOf({ value, etag, byHand }: Stored<QuestionRow>): AskedQuestion {
  const { key, title, details, topics, link, answer, scouts, ...rest } = value;
  return {
    id: key,
    etag,
    byHand: byHand ?? false,
    ...rest,
    title: title.trim().slice(0, longestQuestion) || '…',
    details: details.slice(0, longestDetails),
    topics: topicsFrom(topics),
    link: /^https:\/\//i.test(link) ? link : null,
    answer: answer.slice(0, longestAnswer),
    scouts: scouts.slice(0, mostScouts),
  };
}

export function rowOf(key: string, question: KeptQuestion): QuestionRow {
  const { title, details, topics, state, askedBy, askedAt, link, event, answer, answeredBy, answeredAt } = question;
  const { resource, scouts, backOn, changedBy, changedAt } = question;
  return {
    key,
    ...{ title, details, topics, state, askedBy, askedAt, link: link ?? '', event, answer, answeredBy, answeredAt },
    ...{ resource, scouts: scouts.map(asPerson), backOn, changedBy, changedAt },
  };
}

/** Names the question that a message or a press asks: repeated, it is the same. */
export function idFor(who: Person, ...what: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([who.id, ...what]))
    .digest('hex')
    .slice(0, 32);
}

/** Throws `not-found` for what is no id. */
export function questionId(text: string | undefined): string {
  const id = QuestionId.safeParse(text);
  if (!id.success) throw new CommunityError('not-found', 'no question has such an id');
  return id.data;
}

export function listOf(
  { lists }: Kept,
  community: Pick<Community, 'id'>,
  onBehalfOf: string | null,
): CommunityLists['questions'] {
  return (onBehalfOf === null ? lists.of(community.id) : lists.onBehalfOf(community.id, onBehalfOf)).questions;
}

export function byOf({ clock }: Pick<AgendaParts, 'clock'>, person: Person): By {
  return { by: asPerson(person), now: clock() };
}

export function asPerson({ id, name }: Person): Person {
  return { id, name };
}

function noQuestion(community: Pick<Community, 'id'>, id: string): CommunityError {
  return new CommunityError('not-found', `community ${community.id} has no question ${id}`);
}

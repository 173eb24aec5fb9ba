import { nextOpenDay, type Rest } from '../attention/open-days.ts';
import { addDays, addMonths, localDay } from '../schedule.ts';
import { isOpen, type KeptQuestion } from './question.ts';
import { byWeight, heard, type Voice } from './voices.ts';

export interface Where {
  readonly timeZone: string;
  readonly rest: Rest;
}

/** A question with what was said about it. */
export interface HeardQuestion {
  readonly question: KeptQuestion & { readonly id: string };
  readonly voices: readonly Voice[];
}

/** After so many open days without an answer one who can help is asked, and then those who look after the agenda. */
const helpAfter = 3;
const lookAfter = 6;
/** For how many days one person is asked about one question, and about no other. */
const askedFor = 14;
/** For how many days somebody is told of an answer, or of an offer to help. */
const toldFor = 7;
/** Of a month, in which it can be asked what comes next. */
const lastDayToChoose = 10;
/** How many questions are put to a choice; with fewer than two there is nothing to choose. */
const mostChosenFrom = 5;
const fewestToChooseFrom = 2;
/** In months: nobody else wanted to know in so long. */
const forgottenAfter = 9;
export const mostForgotten = 20;

/** So many open days after a day. */
export function openDaysAfter(day: string, count: number, rest: Rest): string {
  let after = day;
  for (let step = 0; step < count; step++) after = nextOpenDay(addDays(after, 1), rest);
  return after;
}

/** What waits for words: nobody has answered, and no meeting takes it up. */
function isUnanswered({ state }: Pick<KeptQuestion, 'state'>): boolean {
  return state === 'parked' || state === 'next';
}

interface Asking {
  readonly person: Voice['person'];
  readonly question: HeardQuestion['question'];
  /** The first and the last day on which they are asked about this one. */
  readonly from: string;
  readonly until: string;
}

/**
 * Who is asked today for the answer that they offered, and about what. The first who said that they can help is asked
 * three open days after both the question and the offer; two weeks later, where nothing came, the next one. Nobody is
 * asked about two questions within two weeks, as long as neither has an answer.
 */
export function helpAsked(questions: readonly HeardQuestion[], today: string, where: Where): readonly Asking[] {
  const inOrder = questions
    .filter(({ question }) => isUnanswered(question))
    .flatMap(question => offersOf(question, where))
    .toSorted((one, other) => one.from.localeCompare(other.from) || one.question.id.localeCompare(other.question.id));
  const last = new Map<string, string>();
  return inOrder.filter(({ person, from, until }) => {
    const before = last.get(person.id);
    const free = before === undefined ? from : addDays(before, askedFor);
    const first = free > from ? free : from;
    if (first > until) return false;
    last.set(person.id, first);
    return first <= today && today <= until;
  });
}

/** When each who offered to help with a question would be asked, one after the other. */
function offersOf({ question, voices }: HeardQuestion, { timeZone, rest }: Where): readonly Asking[] {
  const waited = (moment: string) => openDaysAfter(localDay(new Date(moment), timeZone), helpAfter, rest);
  let free = waited(question.askedAt);
  return voices
    .filter(({ says }) => says === 'can-help')
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .map(({ person, at }) => {
      const offered = waited(at);
      const from = offered > free ? offered : free;
      const until = addDays(from, askedFor - 1);
      free = addDays(until, 1);
      return { person, question, from, until };
    });
}

/** The first day on which a question has waited too long for those who look after the agenda not to know. */
export function waitsSince({ askedAt }: Pick<KeptQuestion, 'askedAt'>, { timeZone, rest }: Where): string {
  return openDaysAfter(localDay(new Date(askedAt), timeZone), lookAfter, rest);
}

/** What nobody has answered for six open days, and nobody goes to look for, the oldest first. */
export function unanswered<Kept extends KeptQuestion>(
  questions: readonly Kept[],
  today: string,
  where: Where,
): readonly Kept[] {
  return questions
    .filter(question => isUnanswered(question) && question.scouts.length === 0 && waitsSince(question, where) <= today)
    .toSorted((one, other) => one.askedAt.localeCompare(other.askedAt));
}

/** Scouts who are to tell what they found, from the day on which they said they are back. */
export function scoutsBack<Kept extends KeptQuestion>(questions: readonly Kept[], today: string): readonly Kept[] {
  return questions.filter(
    question => isOpen(question) && question.scouts.length > 0 && question.backOn !== null && question.backOn <= today,
  );
}

/** Whether something that happened at a moment is still news. */
export function isNews(at: string | null, today: string, timeZone: string): boolean {
  return at !== null && today <= newsUntil(at, timeZone);
}

/** The last day on which it is. */
export function newsUntil(at: string, timeZone: string): string {
  return addDays(localDay(new Date(at), timeZone), toldFor);
}

/**
 * What could be put to the whole community this month, what most ask first: from the first of the month to the tenth,
 * and only where there is something to choose from.
 */
export function chosenFrom<Kept extends HeardQuestion>(questions: readonly Kept[], today: string): readonly Kept[] {
  if (Number(today.slice(8)) > lastDayToChoose) return [];
  const some = topParked(questions);
  return some.length < fewestToChooseFrom ? [] : some;
}

/** The parked questions that most people ask. */
export function topParked<Kept extends HeardQuestion>(questions: readonly Kept[]): readonly Kept[] {
  return questions
    .filter(({ question }) => question.state === 'parked')
    .map(one => ({ one, weight: { ...one.question, meToo: heard(one.voices).meToo.length } }))
    .toSorted((one, other) => byWeight(one.weight, other.weight))
    .slice(0, mostChosenFrom)
    .map(({ one }) => one);
}

/** What was parked more than nine months ago and nobody else ever asked: it can be let go, the oldest first. */
export function forgotten(
  questions: readonly HeardQuestion[],
  today: string,
  timeZone: string,
): readonly HeardQuestion['question'][] {
  const before = addMonths(today, -forgottenAfter);
  return questions
    .filter(
      ({ question, voices }) =>
        question.state === 'parked' && voices.length === 0 && localDay(new Date(question.askedAt), timeZone) < before,
    )
    .map(({ question }) => question)
    .toSorted((one, other) => one.askedAt.localeCompare(other.askedAt))
    .slice(0, mostForgotten);
}

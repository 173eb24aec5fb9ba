import { z } from 'zod';
import { Day, type Person } from '../community.ts';
import { cleanProse, identifier, line, prose, remark } from '../text.ts';

/** Limits keep the card of the fullest survey under 25 KB, in any script. */
export const mostQuestions = 10;
export const mostOptions = 8;
export const longestTitle = 80;
export const longestIntro = 300;
/** The event that a survey asks about. */
export const longestEvent = 80;
export const longestQuestion = 140;
export const longestOption = 50;
/** What the ends of a rating mean. */
export const longestEnd = 30;
/** Longest answer in somebody's own words, in characters. */
export const longestText = 2_000;
/** What is longer is not even looked at; what is shorter and still too long gets a sentence of its own. */
const longestTyped = 20_000;
/** Fewer answers than these are shown to nobody when the survey is anonymous. */
export const fewest = 5;
/** Stands for the number of those who answered where the answers are gone, and nobody knows it. */
export const answersLost = -1;
/** How many days lie at least between two anonymous surveys that ask the same. */
export const daysApart = 7;
/** How many days after its close a survey waits for the key to its answers. */
export const waitsForKey = 30;
/** The longest a survey may stay open, in days. */
const longestRun = 60;

export const questionKinds = ['choice', 'choices', 'rating', 'text'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export const Question = z
  .object({
    id: z.string().regex(/^[a-z0-9-]{1,20}$/, { error: 'expected a short id of small letters and digits' }),
    kind: z.enum(questionKinds),
    text: line(longestQuestion).min(1),
    /** For `choice` and `choices`; answers name them by their place in this list. */
    options: z.array(line(longestOption).min(1)).max(mostOptions),
    /** For `rating`: what 1 and 5 mean. */
    low: line(longestEnd),
    high: line(longestEnd),
    /** Whether nothing can be sent without an answer to it. */
    required: z.boolean().default(false),
  })
  .refine(
    ({ kind, options }) => !offersOptions(kind) || (options.length >= 2 && new Set(options).size === options.length),
    { error: 'expected at least two different options', path: ['options'] },
  );
export type Question = z.infer<typeof Question>;

export const Questions = z
  .array(Question)
  .min(1)
  .max(mostQuestions)
  .refine(questions => new Set(questions.map(({ id }) => id)).size === questions.length, {
    error: 'expected a different id for each question',
  });

/**
 * `channel`: one card that everybody may answer. The others get a card in their own chats: every member, the core group,
 * who joined within a month or three, or who was at the event that the app itself asks about. Who that is says
 * `audience.ts`.
 */
export const Audience = z.enum(['channel', 'members', 'core', 'new-this-month', 'new-this-quarter', 'attended']);
/** Those that a survey can be planned for by hand. */
export const offeredAudiences = Audience.exclude(['attended']).options;
export type Audience = z.infer<typeof Audience>;

export const SurveyId = z.string().regex(/^[a-z0-9-]{8,64}$/);

/** What a coordinator writes. */
export const SurveyDraft = z
  .object({
    title: line(longestTitle).min(1),
    intro: remark(longestIntro),
    questions: Questions,
    anonymous: z.boolean(),
    audience: Audience,
    /** The event it is feedback on, by its name and day; null for every other survey. See {@link isFeedback}. */
    event: line(longestEvent).min(1).nullable().default(null),
    /** Whether people are told the numbers once it has closed. See {@link toldTo}. */
    tellsResults: z.boolean().default(false),
    /** Whether it is proposed anew when a quarter has passed. See `repeats.ts`. */
    everyQuarter: z.boolean().default(false),
    /** The earlier survey whose questions it asks once more, by its id. */
    repeats: SurveyId.nullable().default(null),
    opensOn: Day,
    /** The last day on which it can be answered. */
    closesOn: Day,
  })
  .refine(({ event, anonymous }) => event === null || anonymous, {
    error: 'expected feedback on an event to be anonymous',
    path: ['anonymous'],
  })
  .refine(({ opensOn, closesOn }) => closesOn >= opensOn && !(daysFrom(opensOn, closesOn) > longestRun), {
    error: `expected a last day on or after the first, within ${longestRun} days`,
    path: ['closesOn'],
  });
export type SurveyDraft = z.infer<typeof SurveyDraft>;

/** A survey as it is kept. */
export interface Survey extends SurveyDraft {
  readonly id: string;
  /** The day it was closed before its time, or taken back before it opened. */
  readonly closedOn: string | null;
}

/** What coordinators write, in the order of the form. */
const draftFields = [
  'title',
  'intro',
  'questions',
  'anonymous',
  'audience',
  'event',
  'tellsResults',
  'everyQuarter',
  'opensOn',
  'closesOn',
] as const satisfies readonly (keyof SurveyDraft)[];
export type DraftField = (typeof draftFields)[number];

/** The fields in which two drafts differ. */
function changedFields(one: SurveyDraft, other: SurveyDraft): readonly DraftField[] {
  // Questions came through one schema, so that their fields stand in the same order.
  return draftFields.filter(field => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

export function sameDraft(one: SurveyDraft, other: SurveyDraft): boolean {
  return changedFields(one, other).length === 0;
}

/** Two edits of one planned survey put together, field by field. */
export interface MergedDraft {
  /** Theirs where only they changed something, otherwise mine. */
  readonly draft: SurveyDraft;
  readonly theirs: readonly DraftField[];
  /** What both changed, differently: mine stands in `draft` until somebody chooses. */
  readonly clashes: readonly DraftField[];
}

/** The two days belong together: when each of two people moved one, both are asked about. */
export function mergeDrafts(base: SurveyDraft, mine: SurveyDraft, current: SurveyDraft): MergedDraft {
  const [byMe, byThem] = [together(changedFields(base, mine)), together(changedFields(base, current))];
  const differing = changedFields(mine, current);
  const theirs = differing.filter(field => !byMe.has(field));
  const clashes = differing.filter(field => byMe.has(field) && byThem.has(field));
  return { draft: theirs.reduce((draft, field) => ({ ...draft, [field]: current[field] }), mine), theirs, clashes };
}

function together(fields: readonly DraftField[]): ReadonlySet<DraftField> {
  const days = fields.includes('opensOn') || fields.includes('closesOn') ? (['opensOn', 'closesOn'] as const) : [];
  return new Set([...fields, ...days]);
}

/**
 * Feedback on an event keeps a rule of its own: what people rate or choose counts from five answers on, as in every
 * anonymous survey; what they write goes, unsigned and shuffled, from the first answer on to those who prepare the next
 * event. A meeting of eight rarely brings five texts, and its card says so before anybody writes.
 */
export function isFeedback({ event }: Pick<Survey, 'event'>): boolean {
  return event !== null;
}

/**
 * Who is told the numbers of a survey that tells them. `answered`: those who answered, as their names are known. `sent`:
 * everybody whom it was sent in their own chat, for of an anonymous one nobody knows who answered. `channel`: nobody by
 * name; the card in the channel shows them.
 */
export function toldTo({
  anonymous,
  audience,
}: Pick<Survey, 'anonymous' | 'audience'>): 'answered' | 'sent' | 'channel' {
  if (!anonymous) return 'answered';
  return audience === 'channel' ? 'channel' : 'sent';
}

/** Who reads what is written as feedback, besides nobody else: hosts where the app asks about their event. */
export function readersOf({ audience }: Pick<Survey, 'audience'>): 'hosts' | 'team' {
  return audience === 'attended' ? 'hosts' : 'team';
}

/** What a survey is called where it is spoken of: feedback names its event. */
export function nameOf({ title, event }: Pick<Survey, 'title' | 'event'>): string {
  return event === null ? title : `${title} · ${event}`;
}

/** What of a survey decides whether another may follow it. */
export type Following = Pick<Survey, 'anonymous' | 'event' | 'questions' | 'opensOn' | 'closesOn' | 'closedOn'>;

/**
 * The first day on which an anonymous survey may open when another one asks the same question at nearly the same time;
 * null when none does. Two results of one question from nearly the same people could be subtracted, and what is left is
 * the answer of whoever took part in only one of them.
 */
export function opensNotBefore(draft: SurveyDraft, others: readonly Following[]): string | null {
  if (!draft.anonymous) return null;
  const asked = new Set(draft.questions.map(question => sameAs(question, draft)));
  const close = others.filter(other => {
    if (
      !other.anonymous ||
      phaseOf(other, other.opensOn) === 'taken back' ||
      !other.questions.some(question => asked.has(sameAs(question, other)))
    )
      return false;
    return draft.opensOn <= addDays(endOf(other), daysApart) && other.opensOn <= addDays(draft.closesOn, daysApart);
  });
  const last = close.map(endOf).toSorted().at(-1);
  return last === undefined ? null : addDays(last, daysApart + 1);
}

function endOf({ closesOn, closedOn }: Pick<Survey, 'closesOn' | 'closedOn'>): string {
  return closedOn ?? closesOn;
}

/** Whether two surveys ask one and the same: what came of it can be laid side by side. */
export function isSameQuestion(one: Question, other: Question): boolean {
  return one.id === other.id && sameAs(one, { event: null }) === sameAs(other, { event: null });
}

/** Two questions that read the same are the same, whatever their ids; about another event they are not. */
function sameAs({ kind, text, options }: Question, { event }: Pick<Survey, 'event'>): string {
  const words = [text, ...options, event ?? ''];
  return JSON.stringify([kind, ...words.map(each => each.trim().toLowerCase().replace(/\s+/g, ' '))]);
}

/** `taken back`: closed before it ever opened. */
export type SurveyPhase = 'planned' | 'open' | 'closed' | 'taken back';

/** @param today the calendar day in the community’s zone */
export function phaseOf(
  { opensOn, closesOn, closedOn }: Pick<Survey, 'opensOn' | 'closesOn' | 'closedOn'>,
  today: string,
): SurveyPhase {
  if (closedOn !== null) return closedOn < opensOn ? 'taken back' : 'closed';
  if (today < opensOn) return 'planned';
  return today > closesOn ? 'closed' : 'open';
}

/**
 * One person’s answers by question. A choice is the places of its options, a rating 1 to 5, a text what was written.
 */
export const Sheet = z.record(
  identifier(20),
  z.union([
    z
      .array(
        z
          .number()
          .int()
          .min(0)
          .max(mostOptions - 1),
      )
      .max(mostOptions),
    z.number().int().min(1).max(5),
    prose(longestTyped),
  ]),
);
export type Sheet = z.infer<typeof Sheet>;
export type Answer = Sheet[string];

/** What a sheet answers to these questions. */
export function partOf(sheet: Sheet, questions: readonly string[]): Sheet {
  return Object.fromEntries(Object.entries(sheet).filter(([question]) => questions.includes(question)));
}

export type CheckedSheet =
  | { readonly sheet: Sheet }
  | { readonly fault: 'empty' }
  /** Required questions without an answer, in their order. */
  | { readonly fault: 'missing'; readonly questions: readonly Question[] }
  | { readonly fault: 'too-long'; readonly length: number };

/**
 * Keeps what answers one of these questions. Those that are not required may be left out, but not all of them.
 *
 * @param kept ids of questions whose earlier answer stays
 */
export function checkSheet(
  questions: readonly Question[],
  given: Readonly<Record<string, unknown>>,
  kept: readonly string[] = [],
): CheckedSheet {
  const sheet: Record<string, Answer> = {};
  for (const question of questions) {
    const answer = answerTo(question, given[question.id]);
    if (typeof answer === 'string' && answer.length > longestText) return { fault: 'too-long', length: answer.length };
    if (answer !== undefined) sheet[question.id] = answer;
  }
  const missing = questions.filter(({ id, required }) => required && !(id in sheet) && !kept.includes(id));
  if (missing.length > 0) return { fault: 'missing', questions: missing };
  return Object.keys(sheet).length === 0 ? { fault: 'empty' } : { sheet };
}

function answerTo({ kind, options }: Question, given: unknown): Answer | undefined {
  if (kind === 'text') return (typeof given === 'string' && cleanProse(given).trim()) || undefined;
  if (kind === 'rating')
    return typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= 5 ? given : undefined;
  if (!Array.isArray(given)) return undefined;
  const chosen = options.map((_, place) => place).filter(place => given.includes(place));
  const kept = kind === 'choice' ? chosen.slice(0, 1) : chosen;
  return kept.length > 0 ? kept : undefined;
}

/** How many of these questions need an answer, in the word by which texts say so. */
export function needOf(questions: readonly Pick<Question, 'required'>[]): 'none' | 'some' | 'all' {
  const required = questions.filter(question => question.required).length;
  return required === 0 ? 'none' : required === questions.length ? 'all' : 'some';
}

export function offersOptions(kind: QuestionKind): boolean {
  return kind === 'choice' || kind === 'choices';
}

/** What was answered to one question. */
export const QuestionResults = z.object({
  id: z.string(),
  kind: z.enum(questionKinds),
  text: z.string(),
  answered: z.number().int(),
  /** True when too few answered this one to show more. */
  hidden: z.boolean(),
  /** By option, or by rating from 1 to 5. */
  bars: z.array(z.object({ label: z.string(), count: z.number().int() })),
  average: z.number().nullable(),
  /** In no particular order; empty for readers who may only see numbers. */
  texts: z.array(z.string()),
});
export type QuestionResults = z.infer<typeof QuestionResults>;

/**
 * `until-close`: not before it closes. `too-few`: anonymous and closed, and hidden from everybody for good.
 * `for-coordinators`: with names, closed, and too few for anybody but the coordinators. `words-only`: feedback that too
 * few gave for numbers; its words went to those who prepare the next event. `nobody`: for a reader who may know that
 * nobody answered. `being-counted`: closed a moment ago. `lost`: what was answered is destroyed. `locked`: the key to it
 * is missing on the server.
 */
export const WhyHidden = z.enum([
  'until-close',
  'too-few',
  'for-coordinators',
  'words-only',
  'nobody',
  'being-counted',
  'lost',
  'locked',
]);
export type WhyHidden = z.infer<typeof WhyHidden>;

export const Results = z.discriminatedUnion('state', [
  z.object({ state: z.literal('shown'), answered: z.number().int(), questions: z.array(QuestionResults) }),
  z.object({ state: z.literal('hidden'), why: WhyHidden }),
]);
export type Results = z.infer<typeof Results>;

/** A step of a rating: its number, and at the ends what it means. */
export function ratingLabel(rating: number, { low, high }: Pick<Question, 'low' | 'high'>): string {
  const meaning = rating === 1 ? low : rating === 5 ? high : '';
  return meaning === '' ? String(rating) : `${rating} · ${meaning}`;
}

/** Who is sent a survey, and who is spared because they had `most` of them in this month. */
export function inviteFrom(
  people: readonly Person[],
  askedThisMonth: readonly Person[],
  most: number,
): { readonly asked: readonly Person[]; readonly spared: readonly Person[] } {
  const times = new Map<string, number>();
  for (const { id } of askedThisMonth) times.set(id, (times.get(id) ?? 0) + 1);
  const full = ({ id }: Person): boolean => (times.get(id) ?? 0) >= most;
  return { asked: people.filter(person => !full(person)), spared: people.filter(full) };
}

/** NaN for what is no day, which another rule complains about. */
export function daysFrom(day: string, later: string): number {
  return (Date.parse(later) - Date.parse(day)) / 86_400_000;
}

/** As in `schedule.ts`, without the library for time zones, which a tab would have to load for it. */
function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

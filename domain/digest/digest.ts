import { z } from 'zod';
import { Day, type DigestRhythm, type Person, type Settings } from '../community.ts';
import { line, remark, shortened } from '../text.ts';

/** Limits keep the fullest card under 25 KB, in any script. All in characters. */
export const longestIntro = 600;
export const longestAsk = 300;
export const longestStory = 1_200;
export const longestReply = 2_000;
export const longestTime = 80;
/** How many times to talk a coordinator may offer. */
export const mostTimes = 3;

/** Whom a digest is for: the sponsor, in their own chat, or the members, in the channel. */
export const audiences = ['sponsor', 'members'] as const;
export const DigestAudience = z.enum(audiences);
export type DigestAudience = z.infer<typeof DigestAudience>;

/** How many questions of members one digest puts to a sponsor, and how long each may be. */
export const mostAsked = 2;
const longestAsked = 160;

/** A question that members put to the sponsor. The name is there where its author agreed to that. */
export const MemberQuestion = z.object({ text: remark(longestAsked), name: line(256).nullable() });
export type MemberQuestion = z.infer<typeof MemberQuestion>;

/** What coordinators write. The numbers beside it are computed, and nobody’s to edit. */
export const DigestWords = z.object({
  intro: remark(longestIntro),
  /** The one thing asked of the sponsor. */
  ask: remark(longestAsk),
  story: remark(longestStory),
  /** Of those that members asked in a survey, the ones that coordinators chose. */
  questions: z.array(MemberQuestion).max(mostAsked).default([]),
  /** When the coordinators could talk; empty asks the sponsor for times. */
  times: z.array(line(longestTime).min(1)).max(mostTimes),
  /** A day of their own choice on which it goes out; null leaves that to the rhythm. */
  sendOn: Day.nullable(),
});
export type DigestWords = z.infer<typeof DigestWords>;

export const noWords: DigestWords = { intro: '', ask: '', story: '', questions: [], times: [], sendOn: null };

/**
 * What a digest tells of. It begins where the one before ended, so that no two of them overlap: nothing is told twice,
 * nothing falls between, and no two counts can be subtracted to single somebody out.
 */
export const DigestPeriod = z.object({
  kind: z.enum(['month', 'quarter', 'now']),
  /** `2026-11`, `2026-Q4`, or `now-2026-11-23`. */
  key: z.string().max(40),
  from: z.iso.datetime(),
  /** The first instant that no longer belongs to it. */
  to: z.iso.datetime(),
});
export type DigestPeriod = z.infer<typeof DigestPeriod>;

const count = z.number().int().nonnegative();

export const AimProgress = z.object({
  /** Null gathers what serves no aim of the charter. */ aim: z.string().nullable(),
  total: count,
  done: count,
  stuck: count,
  overdue: count,
});
export type AimProgress = z.infer<typeof AimProgress>;

/** One question of a survey: its average, or what most people chose. */
export const Highlight = z.object({
  text: z.string(),
  answered: count,
  average: z.number().nullable(),
  most: z.string().nullable(),
});
export type Highlight = z.infer<typeof Highlight>;

/** A survey that has closed. `answered` is null where fewer answered than may be shown. */
export const SurveyInDigest = z.object({
  id: z.string(),
  title: z.string(),
  answered: count.nullable(),
  highlights: z.array(Highlight),
});
export type SurveyInDigest = z.infer<typeof SurveyInDigest>;

/** A community's own role by its title, one of the method by its id; digests of earlier versions have titles only. */
export const RoleName = z.union([z.string(), z.object({ role: z.string() })]);
export type RoleName = z.infer<typeof RoleName>;

export const Coming = z.object({
  kind: z.enum(['action', 'review', 'survey', 'term']),
  day: Day,
  /** Of a term: the role. */
  title: RoleName,
  /** Of a term: whose. */
  name: z.string(),
});
export type Coming = z.infer<typeof Coming>;

/** An action that was finished, and who did it: its owners. */
const Finished = z.object({ title: z.string(), by: z.array(z.string()) });

/** Every number of a digest. Kept as it was sent, so that the next one can say what has changed. */
export const DigestNumbers = z.object({
  /** How the plan stands. */
  plan: z.object({ total: count, done: count, stuck: count, overdue: count, aims: z.array(AimProgress) }),
  /** What was finished in its period; null of digests of earlier versions. */
  finished: z
    .object({ items: z.array(Finished), more: count })
    .nullable()
    .default(null),
  /** Of the key roles and the community’s own. `open` names the vacant ones. */
  roles: z.object({ filled: count, vacant: count, open: z.array(RoleName) }),
  newcomers: z.object({ joined: count, reasons: z.array(z.object({ id: z.string(), count })) }),
  surveys: z.array(SurveyInDigest),
  coming: z.object({ items: z.array(Coming), more: count }),
  /** Since the digest before; null for the first. */
  change: z.object({ filled: z.number().int() }).nullable(),
});
export type DigestNumbers = z.infer<typeof DigestNumbers>;

/** Whether there is nothing to tell of this period: then a sentence says that it was quiet. */
export function isQuiet({
  finished,
  newcomers,
  surveys,
}: Pick<DigestNumbers, 'finished' | 'newcomers' | 'surveys'>): boolean {
  return (
    finished?.items.length === 0 && newcomers.joined === 0 && newcomers.reasons.length === 0 && surveys.length === 0
  );
}

/** Whether a digest with these numbers and without words would say nothing at all. */
export function isEmpty(numbers: Pick<DigestNumbers, 'finished' | 'newcomers' | 'surveys' | 'coming'>): boolean {
  return isQuiet(numbers) && numbers.coming.items.length === 0;
}

/** A digest that has gone out, or waits to be passed on by hand. Its numbers never change again. */
export interface SentDigest {
  /** The audience and the key of its period: `sponsor/2026-11`. */
  readonly key: string;
  readonly audience: DigestAudience;
  readonly period: DigestPeriod;
  readonly words: DigestWords;
  readonly numbers: DigestNumbers;
  readonly lookedBy: Person | null;
  readonly sentTo: readonly Person[];
  readonly sentAt: string;
  readonly state: 'sent' | 'by-hand';
}

/**
 * What a sponsor may say: gladly or not this time to what they are asked, or to talk, or just a word. Without an ask
 * there is nothing to say yes to.
 */
export const replyChoices = ['yes', 'later', 'talk', 'word'] as const;
export const ReplyChoice = z.enum(replyChoices);
export type ReplyChoice = z.infer<typeof ReplyChoice>;

/** What the key of an action begins with that a sponsor’s yes became. */
export const keyOfYes = 'yes-';

/** Who gets a sponsor’s digest, and who cannot. */
export interface Sponsors {
  readonly reached: readonly Person[];
  /** Without an account in the team: the bot has no way to write to them. */
  readonly outside: readonly { readonly name: string; readonly mail: string | null }[];
}

/** Four times a year to the sponsor, who has to be given that role first; nothing in the channel unasked. */
const usualRhythm: DigestRhythm = { sponsor: 'quarterly', members: 'off' };

export function rhythmsOf({ digest }: Pick<Settings, 'digest'>): DigestRhythm {
  return digest ?? usualRhythm;
}

/**
 * Whether the words of a draft go out. `nobody` has looked. `fresh`: they go out. `asked-later`: somebody wrote them, and
 * is asked before it goes out whether they still hold; `asked-now`: that was asked, and nobody has said so.
 */
export const looks = ['nobody', 'fresh', 'asked-later', 'asked-now'] as const;
export type Look = (typeof looks)[number];

export function isBlank({ intro, ask, story, questions, times }: DigestWords): boolean {
  return intro === '' && ask === '' && story === '' && questions.length === 0 && times.length === 0;
}

/** Whether they say the same, on whatever day they go out. */
export function sameWords(one: DigestWords, other: DigestWords): boolean {
  return (
    one.intro === other.intro &&
    one.ask === other.ask &&
    one.story === other.story &&
    JSON.stringify(one.questions) === JSON.stringify(other.questions) &&
    one.times.join('\n') === other.times.join('\n')
  );
}

/** The question as a digest carries it. */
export function asAsked(text: string, name: string | null): MemberQuestion {
  return { text: shortened(text.trim(), longestAsked), name };
}

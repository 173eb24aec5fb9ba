import { nextOpenDay, type Rest } from '../attention/open-days.ts';
import { isBlank, sameWords, type DigestPeriod, type Look, type DigestWords, type SentDigest } from './digest.ts';
import { grace, issueOn, periodNow, periodOf, type Before, type DigestIssue, type Rhythm } from './schedule.ts';
import { addDays, localDay } from '../schedule.ts';

/** Where the digests for one audience of a community stand. */
export interface Standing {
  readonly rhythm: Rhythm;
  /** Nothing goes out on the other days. */
  readonly rest: Rest;
  /** When the app came, where that is known. */
  readonly installedAt: string | null;
  readonly timeZone: string;
  readonly now: Date;
  readonly draft: Draft | undefined;
  /** What has gone out, newest first. */
  readonly sent: readonly SentDigest[];
}

export interface Draft extends DigestWords {
  /** The issue of which the coordinators were told last, and the day. */
  readonly toldFor: string | null;
  readonly toldOn: string | null;
  /** When a coordinator saved it; null when nobody has looked at it. */
  readonly lookedAt: string | null;
}

/** What of it says when the next one goes out, and whether somebody has looked at it. */
export interface Looking extends Pick<Standing, 'rhythm' | 'rest' | 'installedAt' | 'timeZone' | 'now' | 'draft'> {
  readonly sent: readonly { readonly period: Pick<DigestPeriod, 'key' | 'to'> }[];
}

export interface Situation extends Standing {
  /** It is for the sponsor, and nobody holds that role. */
  readonly forNobody: boolean;
}

export interface Nothing<Why extends WhyNothing = WhyNothing> {
  readonly step: 'nothing';
  readonly why: Why;
}

type WhyNothing =
  | 'no-rhythm'
  /** It is not time yet to tell of it. */
  | 'too-early'
  /** Nobody was told of it, and when somebody could be, it would not be worth sending any more. */
  | 'too-late'
  /** The coordinators were told, and its day comes. */
  | 'waits'
  /** It is due, and the coordinators heard of it only today. */
  | 'told-today'
  /** Somebody chose a later day. */
  | 'chosen-later'
  /** One out of turn has gone out today, and other words have been written since. */
  | 'sent-today'
  | 'for-nobody';

/** It is time to tell the coordinators that a draft waits. */
export interface Tell {
  readonly step: 'tell';
  readonly issue: DigestIssue;
  /** The day on which they are told that it goes out. */
  readonly goesOutOn: string;
  /** What follows at once. */
  readonly then: Nothing | Send;
}

interface Delivery {
  /** The last day on which it is worth delivering. */
  readonly latest: string;
  /** It is not brought together with the digests of a sponsor’s other communities. */
  readonly alone: boolean;
}

/** A digest of this period is written down and delivered. */
export interface Send extends Delivery {
  readonly step: 'send';
  readonly period: DigestPeriod;
}

/** What is written down already is delivered, to everybody whom it has not reached yet. */
export interface Resume extends Delivery {
  readonly step: 'resume';
  readonly digest: SentDigest;
}

export type Step = Nothing | Tell | Send | Resume;

/** What the daily check does today. It says the same again until that is done, so that a check may break anywhere. */
export function nextStep({ forNobody, ...standing }: Situation): Step {
  const step = standing.draft?.sendOn ? onChosenDay(standing, standing.draft.sendOn) : byRhythm(standing);
  return forNobody && (step.step === 'tell' || step.step === 'send') ? nothing('for-nobody') : step;
}

/** What "send now" does. */
export function stepByHand({
  forNobody,
  ...standing
}: Situation): Nothing<'for-nobody' | 'sent-today'> | Send | Resume {
  if (forNobody) return nothing('for-nobody');
  const { draft, sent } = standing;
  const { period, latest } = periodToday(standing);
  const ofThisPeriod = sent.find(digest => digest.period.key === period.key);
  const before = ofThisPeriod ?? sent.find(({ sentAt }) => dayOf(sentAt, standing) === today(standing));
  // A press that is repeated finds what was sent a moment ago.
  if (before && (!draft || isBlank(draft) || sameWords(draft, before.words))) return resume(standing, before, true);
  if (ofThisPeriod) return nothing('sent-today');
  return { step: 'send', period, latest, alone: true };
}

/** Why "send now" would send nothing new; null where it may be pressed. */
export function whyNotByHand(situation: Situation): 'for-nobody' | 'sent-today' | null {
  const step = stepByHand(situation);
  if (step.step === 'send') return null;
  // What is resumed has gone out: pressed again, it brings nobody anything.
  return step.step === 'nothing' ? step.why : 'sent-today';
}

/** What the card of another community brings along for a sponsor of both, in the month in which this one is due. */
export function stepInBundle(standing: Standing): Nothing | Send | Resume {
  const issue = issueInHand(standing);
  if (!issue) return nothing('no-rhythm');
  const step = stepOf(standing, issue);
  const chosen = standing.draft?.sendOn ?? null;
  return step.step === 'send' && chosen !== null && chosen > today(standing) ? nothing('chosen-later') : step;
}

/**
 * What a digest that is sent today tells of: the one that is about to go out anyway comes early, else one out of turn.
 */
export function periodToday(standing: Standing): Pick<Send, 'period' | 'latest'> {
  const { rhythm, now } = standing;
  const issue = nextIssue(standing);
  if (issue && today(standing) >= issue.notice)
    return { period: periodUntilNow(standing, issue), latest: issue.latest };
  return { period: periodNow(rhythm, { now, ...beforeIn(standing) }), latest: outOfTurn(now, standing) };
}

/**
 * The day on which the next digest goes out by itself; null when it does not. Whoever says a day says this one, and the
 * check sends on it.
 */
export function goesOutOn(standing: Looking): string | null {
  const { draft, rest } = standing;
  const day = nextOpenDay(today(standing), rest);
  if (draft?.sendOn) return nextOpenDay(draft.sendOn > day ? draft.sendOn : day, rest);
  const issue = nextIssue(standing);
  if (!issue) return null;
  const on = dayOfIssue(standing, issue);
  // What can no longer be told of in time is not sent at all.
  return on <= issue.latest ? on : (issueAfter(standing, issue)?.due ?? null);
}

/**
 * The issue of which the coordinators are told today, unless they were, and the day that they are told: from its notice
 * on until it goes out, or somebody has looked.
 */
export function issueToTell(standing: Looking): Pick<Tell, 'issue' | 'goesOutOn'> | null {
  const issue = nextIssue(standing);
  if (!issue || standing.draft?.sendOn || today(standing) < issue.notice || isLookedAt(standing, issue)) return null;
  const day = dayOfIssue(standing, issue);
  return day > today(standing) && day <= issue.latest ? { issue, goesOutOn: day } : null;
}

/** When this issue goes out, if ever. */
function dayOfIssue(standing: Looking, issue: DigestIssue): string {
  const { draft, rest } = standing;
  const day = nextOpenDay(today(standing), rest);
  const toldOn = draft?.toldFor === issue.key ? draft.toldOn : null;
  // Told of at the latest on the next open day; then it waits for one more, unless somebody looks at it.
  const told = toldOn ?? (issue.notice > day ? issue.notice : day);
  const ready = isLookedAt(standing, issue) ? day : nextOpenDay(addDays(told, 1), rest);
  return [issue.due, ready, day].toSorted().at(-1) ?? issue.due;
}

/**
 * Whether somebody has looked at the draft since the coordinators were told of this issue, or chose its day. What was
 * written before that may be weeks old, so it waits until somebody says that it still holds.
 */
export function isLookedAt(standing: Pick<Standing, 'draft' | 'timeZone'>, issue: { readonly key: string }): boolean {
  const { draft } = standing;
  if (!draft || draft.lookedAt === null) return false;
  if (draft.sendOn !== null) return true;
  return draft.toldFor === issue.key && draft.toldOn !== null && dayOf(draft.lookedAt, standing) >= draft.toldOn;
}

/** Where the words of the draft stand. */
export function lookOf(standing: Looking): Look {
  const { draft } = standing;
  if (!draft || draft.lookedAt === null) return 'nobody';
  const issue = nextIssue(standing);
  // Without a rhythm and a day it goes out when somebody sends it, who has seen it then.
  if (!issue || isLookedAt(standing, issue)) return 'fresh';
  return draft.toldFor === issue.key ? 'asked-now' : 'asked-later';
}

/** Whether the coordinators were told of a draft that nobody has looked at since, and that has not gone out. */
export function waitsForLook(standing: Looking): boolean {
  const issue = nextIssue(standing);
  return issue !== null && standing.draft?.toldFor === issue.key && !isLookedAt(standing, issue);
}

/** A day that somebody chose stands for what would have gone out around it. */
function onChosenDay(standing: Standing, day: string): Nothing | Send | Resume {
  if (day > today(standing)) return nothing('chosen-later');
  // It could not be chosen after it had begun, so what went out since then is what was chosen, and the draft was left.
  const begun = standing.sent.find(({ sentAt }) => dayOf(sentAt, standing) >= day);
  return begun ? resume(standing, begun, true) : { step: 'send', ...periodToday(standing), alone: true };
}

function byRhythm(standing: Standing): Step {
  const { draft } = standing;
  const day = today(standing);
  const issue = issueInHand(standing);
  if (!issue) return nothing('no-rhythm');
  if (day < issue.notice) return nothing('too-early');
  const step = stepOf(standing, issue);
  if (step.step === 'resume') return step;

  const told = draft?.toldFor === issue.key;
  const toldEarlier = told && draft.toldOn !== null && draft.toldOn < day;
  // Not on the day on which the coordinators hear of it, unless they have looked since.
  const mayGo = toldEarlier || isLookedAt(standing, issue);
  const then = day < issue.due ? nothing('waits') : mayGo ? step : nothing('told-today');
  if (told) return then;
  const goesOut = dayOfIssue(standing, issue);
  return goesOut > issue.latest ? nothing('too-late') : { step: 'tell', issue, goesOutOn: goesOut, then };
}

function stepOf(standing: Standing, issue: DigestIssue): Send | Resume {
  const written = standing.sent.find(({ period }) => period.key === issue.key);
  if (written) return resume(standing, written, false);
  return { step: 'send', period: periodUntilNow(standing, issue), latest: issue.latest, alone: false };
}

/** As if what went out in the last days had not: what was interrupted on its way is taken up again. */
function issueInHand(standing: Standing): DigestIssue | null {
  const issue = nextIssue({ ...standing, sent: [] });
  const gone = issue && standing.sent.find(({ period }) => period.key === issue.key);
  const isFresh =
    gone && [outOfTurn(new Date(gone.sentAt), standing), addDays(issue.due, grace)].some(day => day >= today(standing));
  return isFresh ? issue : nextIssue(standing);
}

function nextIssue(standing: Looking, gone: readonly string[] = []): DigestIssue | null {
  const { rhythm, rest, installedAt, timeZone, sent } = standing;
  const told = [...sent.map(({ period }) => period.to), ...(installedAt === null ? [] : [installedAt])];
  const toldUntil = told
    .map(moment => localDay(new Date(moment), timeZone))
    .toSorted()
    .at(-1);
  return issueOn(rhythm, {
    today: today(standing),
    rest,
    sent: new Set([...sent.map(({ period }) => period.key), ...gone]),
    toldUntil: toldUntil ?? null,
  });
}

function issueAfter(standing: Looking, { key }: DigestIssue): DigestIssue | null {
  return nextIssue(standing, [key]);
}

/** A digest that comes early ends now, so that the next one tells the rest. */
function periodUntilNow(standing: Standing, issue: DigestIssue): DigestPeriod {
  const period = periodOf(issue, beforeIn(standing));
  const now = standing.now.toISOString();
  return now < period.to ? { ...period, to: now } : period;
}

function resume(standing: Standing, digest: SentDigest, alone: boolean): Resume {
  const issue = issueInHand(standing);
  const latest = issue?.key === digest.period.key ? issue.latest : outOfTurn(new Date(digest.sentAt), standing);
  return { step: 'resume', digest, latest, alone };
}

/** How long a digest that is sent at this moment stays worth delivering. */
function outOfTurn(sentAt: Date, { timeZone }: Standing): string {
  return addDays(localDay(sentAt, timeZone), grace);
}

function beforeIn({ sent, installedAt, timeZone }: Standing): Before {
  return { last: sent[0]?.period.to ?? null, installedAt, timeZone };
}

function today({ now, timeZone }: Pick<Standing, 'now' | 'timeZone'>): string {
  return localDay(now, timeZone);
}

function dayOf(moment: string, { timeZone }: Pick<Standing, 'timeZone'>): string {
  return localDay(new Date(moment), timeZone);
}

function nothing<Why extends WhyNothing>(why: Why): Nothing<Why> {
  return { step: 'nothing', why };
}

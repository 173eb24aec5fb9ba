import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import {
  isQuiet,
  type AimProgress,
  type Coming,
  type DigestNumbers,
  type DigestWords,
  type RoleName,
  type DigestPeriod,
  type SentDigest,
  type SurveyInDigest,
} from '../../../domain/digest/digest.ts';
import { titleOf } from '../../../domain/roles/roles.ts';
import { reasonIds } from '../../../domain/welcome/method.ts';
import { localDay } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain } from '../../cards.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';

const longestName = 80;
const longestLine = 100;
const mostAims = 5;
const mostOpen = 5;
/** Of those who finished an action. */
const mostNames = 2;
const longestPerson = 30;

/**
 * The numbers as sentences, the same in every card and in the text to copy. Ready for a card: what people wrote went
 * through `plain`.
 */
export interface Section {
  readonly title: string;
  readonly lines: readonly { readonly text: string }[];
}

export function nameOf({ name }: Pick<Community, 'name'>): string {
  return plain(shortened(name, longestName));
}

/** "Data Storytellers · 1 November to 30 November 2026". */
export function periodLine(
  { settings, name }: Pick<ReadyCommunity, 'settings' | 'name'>,
  period: DigestPeriod,
  t: Translate,
): string {
  const { isOneDay, ...days } = daysOf(period, settings.timeZone);
  return t(isOneDay ? 'periodDay' : 'period', { community: nameOf({ name }), ...days });
}

/** The first and the last day of a period, to be put into a sentence that says both, or into one that says one day. */
export function daysOf({ from, to }: Pick<DigestPeriod, 'from' | 'to'>, timeZone: string) {
  const format = { day: 'numeric', month: 'long', timeZone };
  // The end is the first moment that no longer belongs to it.
  const [first, last] = [new Date(from), new Date(Math.max(Date.parse(from), Date.parse(to) - 1))];
  const [firstDay, lastDay] = [localDay(first, timeZone), localDay(last, timeZone)];
  const withYear = { ...format, year: 'numeric' };
  // Said once, the year is that of both.
  const isOneYear = firstDay.slice(0, 4) === lastDay.slice(0, 4);
  return {
    from: first,
    to: last,
    formatParams: { from: isOneYear ? format : withYear, to: withYear },
    isOneDay: firstDay === lastDay,
  };
}

export function planLine({ plan: { total, done, overdue, stuck } }: DigestNumbers, t: Translate): string {
  if (total === 0) return t('plan.none');
  return joined([
    t('plan.done', { done, total }),
    overdue > 0 ? t('plan.overdue', { count: overdue }) : '',
    stuck > 0 ? t('plan.stuck', { count: stuck }) : '',
  ]);
}

export function rolesLine({ roles: { filled, open }, change }: DigestNumbers, t: Translate): string {
  return joined([
    [t('roles.filled', { count: filled }), ...changed(change?.filled, t)].join(', '),
    open.length === 0 ? t('roles.noneOpen') : t('roles.open', { roles: openRoles(open, t) }),
  ]);
}

/** Titles of roles in one line, a few of them. */
export function openRoles(open: readonly RoleName[], t: Translate): string {
  const titles = open.slice(0, mostOpen).map(role => plain(shortened(roleName(role, t), longestName)));
  return [...titles, ...(open.length > titles.length ? [t('more', { count: open.length - titles.length })] : [])].join(
    ', ',
  );
}

function roleName(name: RoleName, t: Translate): string {
  return typeof name === 'string' ? name : titleOf({ id: name.role, own: null }, t);
}

/** Who came is new each time: a difference to those who came before would say nothing. */
export function newcomersLine({ newcomers }: Pick<DigestNumbers, 'newcomers'>, t: Translate): string {
  const why = newcomers.reasons.map(({ id, count }) =>
    t('newcomers.reason', { reason: isReason(id) ? t(`welcome:method.reason.${id}.short`) : id, count }),
  );
  const came = newcomers.joined === 0 ? t('newcomers.none') : t('newcomers.joined', { count: newcomers.joined });
  // Who joined earlier may have answered now.
  return joined([came, why.length === 0 ? '' : t('newcomers.reasons', { reasons: why.join(', ') })]);
}

/** A digest of long ago may count what is not offered any more. */
function isReason(id: string): boolean {
  return reasonIds.some(reason => reason === id);
}

/** What members ask the sponsor, with the names of those who agreed to that. */
export function askedSection({ questions }: Pick<DigestWords, 'questions'>, t: Translate): readonly Section[] {
  if (questions.length === 0) return [];
  const lines = questions.map(({ text, name }) =>
    t(name === null ? 'asked.line' : 'asked.by', {
      text: plain(text),
      name: plain(shortened(name ?? '', longestPerson)),
    }),
  );
  return [{ title: t('asked.title'), lines: [{ text: lines.join('\n') }] }];
}

/** What was finished, and who did it. */
export function finishedSection(numbers: DigestNumbers, t: Translate): readonly Section[] {
  const lines = finishedLines(numbers, t);
  return lines.length === 0 ? [] : [{ title: t('finished.title'), lines: [{ text: lines.join('\n') }] }];
}

export function finishedLines({ finished }: DigestNumbers, t: Translate): readonly string[] {
  if (!finished) return [];
  const lines = finished.items.map(({ title, by }) => {
    const names = by.slice(0, mostNames).map(name => plain(shortened(name, longestPerson)));
    return t(names.length === 0 ? 'finished.line' : 'finished.by', {
      title: plain(shortened(withoutStop(title), longestLine)),
      names: names.join(', ') + (by.length > names.length ? ` ${t('more', { count: by.length - names.length })}` : ''),
    });
  });
  return finished.more > 0 ? [...lines, t('finished.more', { count: finished.more })] : lines;
}

/** What a digest tells of its time, a line each, or that it was quiet; for whoever is asked to look at it. */
export function factLines(numbers: DigestNumbers, t: Translate): readonly string[] {
  if (isQuiet(numbers)) return [];
  const { newcomers, surveys } = numbers;
  return [
    ...finishedLines(numbers, t),
    ...(newcomers.joined === 0 && newcomers.reasons.length === 0 ? [] : [`- ${newcomersLine(numbers, t)}`]),
    ...surveys.flatMap(({ title, answered }) =>
      answered === null
        ? []
        : [`- ${t('surveys.answered', { title: plain(shortened(title, longestLine)), count: answered })}`],
    ),
  ];
}

export function aimsSection({ plan: { aims } }: DigestNumbers, t: Translate): readonly Section[] {
  // Without a single action there is nothing to say about each aim.
  if (!aims.some(({ total }) => total > 0)) return [];
  const shown = aims.slice(0, mostAims).map(aim => ({ text: aimLine(aim, t) }));
  const more = aims.length - shown.length;
  return [{ title: t('plan.aims'), lines: more > 0 ? [...shown, { text: t('more', { count: more }) }] : shown }];
}

export function surveysSection({ surveys }: DigestNumbers, t: Translate): readonly Section[] {
  const lines = surveys.flatMap(survey => surveyLines(survey, t) ?? []);
  return lines.length === 0 ? [] : [{ title: t('surveys.title'), lines: lines.map(text => ({ text })) }];
}

export function comingSection({ coming: { items, more } }: DigestNumbers, t: Translate): readonly Section[] {
  if (items.length === 0) return [];
  const lines = items.map(item => comingLine(item, t));
  return [
    {
      title: t('coming.title'),
      lines: [{ text: [...lines, ...(more > 0 ? [t('coming.more', { count: more })] : [])].join('\n') }],
    },
  ];
}

function aimLine({ aim, total, done, overdue }: AimProgress, t: Translate): string {
  const title = aim === null ? t('plan.other') : plain(shortened(withoutStop(aim), longestLine));
  if (total === 0) return t('plan.aimNone', { aim: title });
  return joined([
    t('plan.aim', { done, count: total, aim: title }),
    overdue > 0 ? t('plan.late', { count: overdue }) : '',
  ]);
}

/** An aim is often a sentence of its own; here the line goes on after it. */
function withoutStop(aim: string): string {
  return aim.replace(/(?<!\.)\.\s*$/, '');
}

/** Undefined for what an earlier version kept of a survey that nobody may see. */
function surveyLines({ title, answered, highlights }: SurveyInDigest, t: Translate): string | undefined {
  if (answered === null) return undefined;
  const lines = highlights.map(({ text, average, most }) =>
    average === null
      ? t('surveys.most', { question: plain(text), most: plain(most ?? '') })
      : t('surveys.average', { question: plain(text), average }),
  );
  // A list in Markdown begins after an empty line.
  return [
    t('surveys.answered', { title: plain(title), count: answered }),
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n');
}

function comingLine({ kind, day, title, name }: Coming, t: Translate): string {
  const values = {
    title: plain(shortened(roleName(title, t), longestLine)),
    name: plain(shortened(name, longestPerson)),
  };
  return t(`coming.${kind}`, {
    ...values,
    ...onDay(day, { day: 'numeric', month: 'long' }),
  });
}

/** "Numbers as of 1 January": for a digest that went out without words; who reads it need not know why. */
export function asOfLine(
  { lookedBy, period }: Pick<SentDigest, 'lookedBy' | 'period'>,
  timeZone: string,
  t: Translate,
): string {
  if (lookedBy !== null) return '';
  return t('asOf', onDay(localDay(new Date(Date.parse(period.to) - 1), timeZone), { day: 'numeric', month: 'long' }));
}

function changed(by: number | undefined, t: Translate): readonly string[] {
  return by ? [t(by > 0 ? 'change.more' : 'change.fewer', { count: Math.abs(by) })] : [];
}

function joined(texts: readonly string[]): string {
  return texts.filter(text => text !== '').join('; ');
}

import roleWords from '../../../domain/roles/text.en.json' with { type: 'json' };
import charterWords from '../../../domain/charter/text.en.json' with { type: 'json' };
import { daysBetween, isWorkingDay, later } from '../days.ts';
import { weekOfYear, type Diary, type Received } from '../diary.ts';
import type { Facts } from '../facts.ts';
import { isUnasked, type Finding, type Rule } from './finding.ts';
import {
  inCharge,
  isMemberIn,
  isOverdue,
  newcomersOf,
  offersOf,
  planOf,
  rolesOf,
  sectionsOf,
  settingsOf,
} from './lists.ts';

/** Something that waits for somebody, by the words by which it must come back. */
interface Question {
  readonly name: string;
  readonly words: string;
}

/** For how many days something was open without a break. */
interface Span extends Question {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

const keyRoles = ['coordinator', 'member-support', 'information-resources', 'teams-administrator', 'sponsor'] as const;
const sectionIds = Object.keys(charterWords.method) as readonly (keyof typeof charterWords.method)[];

function firstNameOf(name: string): string {
  return name.split(' ')[0] ?? name;
}

const kinds: Readonly<Record<string, (facts: Facts, day: string) => readonly Question[]>> = {
  'an offer to take on a role': facts =>
    offersOf(facts)
      .filter(({ state, person }) => state === 'volunteered' && isMemberIn(facts, person.id))
      .map(({ person, role }) => ({ name: `${person.name} offers ${role}`, words: firstNameOf(person.name) })),
  'a key role that nobody holds': (facts, day) =>
    keyRoles
      .filter(role =>
        role === 'coordinator'
          ? !(settingsOf(facts)?.coordinators ?? []).some(({ id }) => isMemberIn(facts, id))
          : !rolesOf(facts).some(
              holding =>
                holding.role === role &&
                holding.state === 'accepted' &&
                holding.since <= day &&
                isMemberIn(facts, holding.person.id),
            ),
      )
      .filter(role => !offersOf(facts).some(offer => offer.role === role && offer.state === 'volunteered'))
      .map(role => ({ name: `nobody holds ${role}`, words: roleWords.method[role].title })),
  'an action that is overdue': (facts, day) =>
    planOf(facts)
      .filter(action => isOverdue(action, day))
      .map(({ title }) => ({ name: `“${title}” is overdue`, words: title })),
  'a review whose day is over': (facts, day) =>
    sectionsOf(facts)
      .filter(({ section, reviewOn }) => section === 'review' && reviewOn !== null && reviewOn < day)
      .map(({ reviewOn }) => ({ name: `the charter’s review of ${reviewOn}`, words: 'charter' })),
  'a newcomer without an answer': (facts, day) =>
    newcomersOf(facts)
      .filter(
        // Who wants no messages has said something, and is left in peace.
        ({ answeredAt, noMessages, person, joinedAt }) =>
          answeredAt === null && !noMessages && isMemberIn(facts, person.id) && joinedAt < day,
      )
      .map(({ person }) => ({ name: `${person.name} has not answered`, words: firstNameOf(person.name) })),
  'a section that nobody has written': facts =>
    sectionIds
      .filter(id => !sectionsOf(facts).some(({ section, text }) => section === id && text.trim() !== ''))
      .map(id => ({ name: `the section ${id} is empty`, words: charterWords.method[id].title })),
};

/** What was open for how long, over the whole year. */
function spansOf({ days }: Diary, questions: (facts: Facts, day: string) => readonly Question[]): readonly Span[] {
  const spans: Span[] = [];
  const open = new Map<string, Span>();
  for (const [day, facts] of days) {
    const now = questions(facts, day);
    for (const [name, span] of open)
      if (!now.some(one => one.name === name)) {
        open.delete(name);
        spans.push(span);
      }
    for (const one of now) {
      const from = open.get(one.name)?.from ?? day;
      open.set(one.name, { ...one, from, to: day, days: daysBetween(from, day) });
    }
  }
  return [...spans, ...open.values()];
}

/** What reminded somebody of it by name after the day on which it began, opened from a card with several lines, too. */
function mentionsOf({ received }: Diary, { words, from, to }: Span): readonly Received[] {
  return received.filter(
    one =>
      !one.edit &&
      one.kind !== 'answer' &&
      one.day > from &&
      one.day <= to &&
      one.lines.some(line => line.includes(words)),
  );
}

const threeWeeks = 21;
const sevenWeeks = 49;

function comeBack(diary: Diary, kind: string, span: Span): readonly Finding[] {
  const mentions = mentionsOf(diary, span);
  const within = (most: number): number =>
    new Set(mentions.filter(({ day }) => daysBetween(span.from, day) <= most).map(({ day }) => day)).size;
  const at = (day: string, why: string): Finding => ({
    week: weekOfYear(diary.begins, day),
    day,
    to: inCharge(diary.days.get(day) ?? [...diary.days.values()][0]!)[0] ?? '',
    kind,
    sentence: span.name,
    why,
  });
  if (span.days >= threeWeeks && within(threeWeeks) === 0)
    return [at(later(span.from, threeWeeks), `open since ${span.from}, and nobody was reminded within three weeks`)];
  if (span.days >= sevenWeeks && within(sevenWeeks) < 2)
    return [at(later(span.from, sevenWeeks), `open since ${span.from}, and it came back once only within seven weeks`)];
  return [];
}

/** What somebody held on the day before they left. */
function heldBy(facts: Facts, id: string): readonly string[] {
  return [
    ...planOf(facts)
      .filter(({ state, owners }) => state !== 'done' && owners.some(owner => owner.id === id))
      .map(({ title }) => title),
    ...rolesOf(facts)
      .filter(({ state, person }) => state === 'accepted' && person.id === id)
      .map(({ role }) => role),
    ...((settingsOf(facts)?.coordinators ?? []).some(one => one.id === id) ? ['coordinator'] : []),
  ];
}

function leaversTold(diary: Diary): readonly Finding[] {
  return diary.acts
    .filter(({ what }) => what === 'leaves the team')
    .flatMap(act => {
      const before = diary.days.get(act.day);
      const name = before?.members.find(({ id }) => id === act.person)?.name ?? '';
      if (!before || heldBy(before, act.person).length === 0) return [];
      let next = later(act.day, 1);
      while (!isWorkingDay(next)) next = later(next, 1);
      if (!diary.days.has(next)) return [];
      const told = diary.received.some(
        one => isUnasked(one) && one.day === next && one.lines.some(line => line.includes(name) && /left/.test(line)),
      );
      return told
        ? []
        : [
            {
              week: act.week,
              day: next,
              to: inCharge(before).find(id => id !== act.person) ?? '',
              kind: 'somebody left',
              sentence: `${name} left on ${act.day} and held: ${heldBy(before, act.person).join(', ')}`,
              why: 'nobody was told on the next working morning',
            },
          ];
    });
}

export const openQuestionRules: readonly Rule[] = [
  ...Object.entries(kinds).map(
    ([kind, questions]): Rule => ({
      name: `${kind} comes back by name, or is let go`,
      check: diary => spansOf(diary, questions).flatMap(span => comeBack(diary, kind, span)),
    }),
  ),
  { name: 'whoever leaves with something in hand is told of on the next working morning', check: leaversTold },
];

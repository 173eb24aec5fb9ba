import { actorNamed } from '../cast.ts';
import { daysBetween, whyClosed } from '../days.ts';
import type { Received } from '../diary.ts';
import { finding, isToPerson, isUnasked, type Finding, type Rule } from './finding.ts';
import { attendanceOf, inCharge } from './lists.ts';

/** What a member may get within seven days without having asked. */
const mostInSevenDays = 2;

/** What a sponsor agreed to by holding the role. */
const forSponsors = /^digest\./;

const sponsor = actorNamed('Helen').id;

/** Whether it is the word on the day before an event that this person said they come to, or may. */
function isWordBefore({ kind, period, to, facts }: Received): boolean {
  if (kind !== 'events.soon') return false;
  const [event] = period.split('/');
  return attendanceOf(facts).some(
    row => row.event === event && row.person?.id === to && ['coming', 'maybe'].includes(row.says),
  );
}

function unasked(received: readonly Received[]): readonly Received[] {
  return received.filter(one => isUnasked(one) && isToPerson(one));
}

/** The last of each group that is too large. */
function tooMany(
  received: readonly Received[],
  key: (one: Received) => string,
  most: number,
  why: (group: readonly Received[]) => string,
): readonly Finding[] {
  return [...Map.groupBy(received, key).values()].flatMap(group => {
    const last = group.at(-1);
    return last && group.length > most ? [finding(last, why(group))] : [];
  });
}

const kindsOf = (group: readonly Received[]): string => group.map(({ kind }) => kind).join(', ');

export const budgetRules: readonly Rule[] = [
  {
    name: 'nobody gets more than one card a morning without having asked',
    check: ({ received }) =>
      tooMany(
        unasked(received),
        ({ to, day }) => `${to} ${day}`,
        1,
        group => `${group.length} cards: ${kindsOf(group)}`,
      ),
  },
  {
    name: 'members get at most two cards in seven days without having asked',
    check: ({ received }) =>
      [
        ...Map.groupBy(
          unasked(received).filter(one => !inCharge(one.facts).includes(one.to) && !isWordBefore(one)),
          ({ to }) => to,
        ).values(),
      ].flatMap(all =>
        all.flatMap((one, index) => {
          const before = all.slice(0, index).filter(({ day }) => daysBetween(day, one.day) < 7);
          return before.length >= mostInSevenDays ? [finding(one, `after ${kindsOf(before)}`)] : [];
        }),
      ),
  },
  {
    name: 'nothing comes by itself on weekends, public holidays and quiet days',
    check: ({ received }) =>
      received.filter(isUnasked).flatMap(one => {
        const why = whyClosed(one.day);
        return why === undefined ? [] : [finding(one, why)];
      }),
  },
  {
    name: 'what comes by itself comes in the morning',
    check: ({ received }) =>
      received
        .filter(one => isUnasked(one) && one.cause === 'odd hour')
        .map(one => finding(one, 'it came at another hour')),
  },
  {
    name: 'sponsors get digests, and what they agreed to',
    check: ({ received }) =>
      received
        .filter(one => isUnasked(one) && one.to === sponsor && !forSponsors.test(one.kind) && !isWordBefore(one))
        .map(one => finding(one, 'the sponsor did not agree to this')),
  },
];

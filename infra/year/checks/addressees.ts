import { actors } from '../cast.ts';
import type { Act, Diary, Received } from '../diary.ts';
import { finding, isToPerson, isUnasked, type Finding, type Rule } from './finding.ts';
import { isMemberIn } from './lists.ts';

const asksForQuiet = /^presses \w+\.stop\b|^says \(personal\): stop$/;
const wantsMoreAgain = /^presses \w+\.resume\b|^says \(personal\): start$/;

/** What each topic is about, on a card of its own and as a line on a card with several. */
const topics = {
  surveys: { kinds: /^surveys\.(ask|reminder|told)$/, lines: /^(?:A short|What came of the) survey/ },
  reminders: { kinds: /^plan\.reminder$/, lines: /^Due: |of your actions are due/ },
} as const;

function lastOf(acts: readonly Act[], { to, at }: Received, ...whats: readonly RegExp[]): string | undefined {
  return acts.findLast(act => act.person === to && act.at < at && whats.some(what => what.test(act.what)))?.what;
}

/** Whether somebody had asked for no more messages before this one. */
function hadStopped(acts: readonly Act[], one: Received): boolean {
  return asksForQuiet.test(lastOf(acts, one, asksForQuiet, wantsMoreAgain) ?? '');
}

function isAboutWhatWasStopped(acts: readonly Act[], one: Received): boolean {
  return Object.entries(topics).some(([topic, { kinds, lines }]) => {
    const stopped = lastOf(acts, one, new RegExp(`^says \\(personal\\): stop ${topic}$`)) !== undefined;
    return stopped && (kinds.test(one.kind) || one.lines.some(line => lines.test(line)));
  });
}

/** Lines in which people are offered to be asked, or to look after something. */
const presents = /look(?:s)? after this community|will gladly help|^(?:\*\*)?(?:Coordinators?|Facilitators):/;

function namesSomebodyWhoLeft(one: Received): readonly Finding[] {
  return one.lines
    .filter(line => presents.test(line))
    .flatMap(line =>
      actors
        .filter(({ fullName, id }) => line.includes(fullName) && !isMemberIn(one.facts, id))
        .map(({ fullName }) => finding(one, `${fullName} is not in the team`, line)),
    );
}

export const addresseeRules: readonly Rule[] = [
  {
    name: 'nobody who has left is written to',
    check: ({ received }: Diary) =>
      received
        .filter(one => isToPerson(one) && !one.edit && one.kind !== 'answer' && !isMemberIn(one.facts, one.to))
        .map(one => finding(one, 'they are not in the team')),
  },
  {
    name: 'nobody who has asked for quiet is written to',
    check: ({ received, acts }: Diary) =>
      received
        .filter(one => isToPerson(one) && !one.edit && one.kind !== 'answer' && hadStopped(acts, one))
        .map(one => finding(one, 'they had asked for no more messages')),
  },
  {
    name: 'nobody is written to about what they have stopped',
    check: ({ received, acts }: Diary) =>
      received
        .filter(one => isToPerson(one) && isUnasked(one) && isAboutWhatWasStopped(acts, one))
        .map(one => finding(one, 'they wanted no more of this')),
  },
  {
    name: 'nobody who has left is named as somebody to turn to',
    check: ({ received }: Diary) => received.flatMap(namesSomebodyWhoLeft),
  },
];

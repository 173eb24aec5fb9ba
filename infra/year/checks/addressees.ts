import { actors } from '../cast.ts';
import type { Act, Diary, Received } from '../diary.ts';
import { finding, isToPerson, type Finding, type Rule } from './finding.ts';
import { isMemberIn } from './lists.ts';

const asksForQuiet = /^presses \w+\.stop\b/;
const wantsMoreAgain = /^presses \w+\.resume\b/;

/** Whether somebody had asked for no more messages before this moment. */
function hadStopped(acts: readonly Act[], person: string, at: Date): boolean {
  const last = acts.findLast(
    act => act.person === person && act.at < at && (asksForQuiet.test(act.what) || wantsMoreAgain.test(act.what)),
  );
  return last !== undefined && asksForQuiet.test(last.what);
}

/** Lines in which people are offered to be asked, or to look after something. */
const presents = /look(?:s)? after this community|will gladly help|^Coordinators?:|^Facilitators:/;

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
        .filter(one => isToPerson(one) && !one.edit && one.kind !== 'answer' && hadStopped(acts, one.to, one.at))
        .map(one => finding(one, 'they had asked for no more messages')),
  },
  {
    name: 'nobody who has left is named as somebody to turn to',
    check: ({ received }: Diary) => received.flatMap(namesSomebodyWhoLeft),
  },
];

import type { Diary } from '../diary.ts';
import type { Claim } from './claims.ts';
import { ofTheCharter } from './claims-of-charter.ts';
import { ofDigests } from './claims-of-digests.ts';
import { ofThePlan } from './claims-of-plan.ts';
import { ofRoles } from './claims-of-roles.ts';
import { ofSurveys } from './claims-of-surveys.ts';
import { ofTheWeek } from './claims-of-week.ts';
import { finding, type Finding, type Rule } from './finding.ts';

const claims: Readonly<Record<string, readonly Claim[]>> = {
  'what is said of the plan': ofThePlan,
  'what digests say, and when they come,': ofDigests,
  'what is said of surveys': ofSurveys,
  'what is said of the charter': ofTheCharter,
  'what is said of roles': ofRoles,
  'what is said of the week': ofTheWeek,
};

function untrue(diary: Diary, about: readonly Claim[]): readonly Finding[] {
  return diary.received.flatMap(card =>
    card.lines.flatMap((line, index) =>
      about.flatMap(({ says, but }) => {
        const match = says.exec(line);
        const why = match ? but(match, card, diary, card.lines[index - 1] ?? '') : undefined;
        return why === undefined ? [] : [finding(card, why, line)];
      }),
    ),
  );
}

export const truthRules: readonly Rule[] = Object.entries(claims).map(([what, about]) => ({
  name: `${what} is so`,
  check: diary => untrue(diary, about),
}));

/** Sentences with a number or a day that no claim recomputes, each once and without its numbers. */
export function uncheckedSentences({ received }: Diary): ReadonlyMap<string, number> {
  const all = Object.values(claims).flat();
  const counts = new Map<string, number>();
  for (const { lines } of received)
    for (const line of lines)
      if (/\d/.test(line) && !all.some(({ says }) => says.test(line))) {
        const shape = line.replaceAll(/\d+/g, '#').slice(0, 160);
        counts.set(shape, (counts.get(shape) ?? 0) + 1);
      }
  return counts;
}

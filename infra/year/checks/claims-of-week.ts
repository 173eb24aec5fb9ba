import { facilitationWeek } from '../../../domain/facilitation/method.ts';
import words from '../../../domain/facilitation/text.en.json' with { type: 'json' };
import { sampleZone } from '../../local/sample-people.ts';
import { dayAt, later } from '../days.ts';
import type { Facts } from '../facts.ts';
import { equal, type Claim } from './claims.ts';
import { isMemberIn, newcomersOf, settingsOf, ticksOf } from './lists.ts';

/** The full week, whose minutes are added up here; of smaller ones only the sentence is read. */
const fullWeek = '290';
const minutesOf = new Map(facilitationWeek.map(({ id, minutes }) => [id, minutes]));
function titleOf(task: string): string {
  return (words.method as Readonly<Record<string, { readonly title?: string }>>)[task]?.title ?? task;
}
const minutesOfTitle = new Map(facilitationWeek.map(({ words: task, minutes }) => [titleOf(task), minutes]));

/** The minutes of what people ticked in this week. */
function minutesTicked(facts: Facts, week: string): number {
  return ticksOf(facts, week).reduce((sum, task) => sum + (minutesOf.get(task) ?? 0), 0);
}

/** The minutes of the rows that the card says needed nobody. */
function minutesSpared(lines: readonly string[]): number {
  return lines.reduce(
    (sum, line, index) =>
      line === '☑' && lines[index + 2]?.startsWith('Ticked by itself')
        ? sum + (minutesOfTitle.get(lines[index + 1] ?? '') ?? 0)
        : sum,
    0,
  );
}

export const ofTheWeek: readonly Claim[] = [
  {
    says: /^Joined in the last seven days: (.+)$/,
    but: ([, names = ''], { facts, day }) => {
      const joined = newcomersOf(facts)
        .filter(({ joinedAt, person }) => dayAt(joinedAt, sampleZone) >= later(day, -7) && isMemberIn(facts, person.id))
        .map(({ person }) => person.name);
      const missing = joined.filter(name => !names.includes(name) && !/and \d+ more/.test(names));
      return missing.length > 0 ? `${missing.join(' and ')} joined too` : undefined;
    },
  },
  {
    says: /^(\d+) of (\d+) minutes done$/,
    but: ([, done, of], { facts, period }) => (of === fullWeek ? equal(done, minutesTicked(facts, period)) : undefined),
  },
  {
    says: /^(\d+) more minutes were ticked by themselves$/,
    but: ([, spared], { lines }) =>
      lines.some(line => line.includes(`of ${fullWeek} minutes done`))
        ? equal(spared, minutesSpared(lines))
        : undefined,
  },
  {
    says: /^Last week: (\d+) minutes, by (.+)\.$/,
    but: ([, done], { facts, period, lines }) =>
      lines.some(line => line.includes(`of ${fullWeek} minutes done`))
        ? equal(done, minutesTicked(facts, later(period, -7)))
        : undefined,
  },
  {
    says: /^You get this card because you facilitate here/,
    but: (_match, { facts, to }) =>
      settingsOf(facts)?.facilitation.facilitators.some(({ id }) => id === to) ? undefined : 'they do not facilitate',
  },
];

import { sampleZone } from '../../local/sample-people.ts';
import { dayAt, later } from '../days.ts';
import { equal, type Claim } from './claims.ts';
import { isMemberIn, newcomersOf, settingsOf, ticksOf } from './lists.ts';

/** The minutes of rows with a tick, as the card itself has them. */
function minutesTicked(lines: readonly string[]): number {
  return lines.reduce((sum, line, index) => {
    if (line !== '☑') return sum;
    const minutes = lines.slice(index, index + 4).find(one => /^\d+ min$/.test(one));
    return sum + Number(/^\d+/.exec(minutes ?? '0')?.[0]);
  }, 0);
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
    but: ([, done], { facts, lines, period }) => {
      if (ticksOf(facts, period).length === 0) return equal(done, 0);
      return equal(done, minutesTicked(lines));
    },
  },
  {
    says: /^You get this card because you facilitate here/,
    but: (_match, { facts, to }) =>
      settingsOf(facts)?.facilitation.facilitators.some(({ id }) => id === to) ? undefined : 'they do not facilitate',
  },
];

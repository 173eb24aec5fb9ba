import { sampleZone } from '../../local/sample-people.ts';
import { dayAt, later } from '../days.ts';
import { equal, type Claim } from './claims.ts';
import { isMemberIn, newcomersOf, settingsOf, ticksOf } from './lists.ts';

const byItself = 'Ticked by itself';

/** The minutes of rows that somebody ticked, or of those that needed nobody, as the card itself has them. */
function minutesTicked(lines: readonly string[], by: 'somebody' | 'itself'): number {
  return lines.reduce((sum, line, index) => {
    if (line !== '☑') return sum;
    const row = lines.slice(index, index + 4);
    if (row.some(one => one.startsWith(byItself)) !== (by === 'itself')) return sum;
    return sum + Number(/^\d+/.exec(row.find(one => /^\d+ min$/.test(one)) ?? '0')?.[0]);
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
      return equal(done, minutesTicked(lines, 'somebody'));
    },
  },
  {
    says: /^(\d+) more took care of themselves$/,
    but: ([, spared], { lines }) => equal(spared, minutesTicked(lines, 'itself')),
  },
  {
    says: /^Last week: (\d+) minutes, by (.+)\.$/,
    but: ([, done], { to, period }, { received }) => {
      const before = received.findLast(one => one.to === to && one.kind === 'facilitation.week' && one.period < period);
      return before ? equal(done, minutesTicked(before.lines, 'somebody')) : undefined;
    },
  },
  {
    says: /^You get this card because you facilitate here/,
    but: (_match, { facts, to }) =>
      settingsOf(facts)?.facilitation.facilitators.some(({ id }) => id === to) ? undefined : 'they do not facilitate',
  },
];

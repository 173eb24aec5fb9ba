import type { Diary, Received } from '../diary.ts';
import { finding, isUnasked, type Finding, type Rule } from './finding.ts';
import { sectionsOf } from './lists.ts';

function textOf({ lines }: Received): string {
  return lines.join('\n');
}

/** The same words on another day are the same words. */
function withoutDays(text: string): string {
  return text.replaceAll(
    /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)?,? ?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?/g,
    '…',
  );
}

/** What came by itself, for each who got it and in order. */
function byReader({ received }: Diary): readonly (readonly Received[])[] {
  return [...Map.groupBy(received.filter(isUnasked), ({ to }) => to).values()];
}

function sameAs(one: Received, others: readonly Received[], why: string): readonly Finding[] {
  return others.some(other => textOf(other) === textOf(one)) ? [finding(one, why, one.lines[0])] : [];
}

/** By which words a card of its own names what stands in a line of the week's card, and how that line begins. */
const alsoOnTheWeek = [
  { own: /^Nobody holds (?:the role )?(.+?)(?: in .+| \(asked .+\))?$/, line: /^- Nobody holds: / },
  { own: /^The term of (.+) as .+ (?:ends|ended) on /, line: /^- Terms to decide about: / },
  { own: /^[^:]+: (.+)’s term (?:ends|ended) on /, line: /^- Terms to decide about: / },
  { own: /^(.+) (?:would like|offers) to take on /, line: /^- Offers without an answer: / },
  { own: /^Overdue since .+?: (.+?)(?: \(asked .+\))?$/, line: /^- Overdue: / },
] as const;

/** What this names of what the week's card of these days had named before. */
function namedTwice({ lines }: Received, weeks: readonly Received[]): readonly string[] {
  return lines.filter(said =>
    alsoOnTheWeek.some(({ own, line }) => {
      const name = own.exec(said)?.[1];
      return name !== undefined && weeks.some(week => week.lines.some(one => line.test(one) && one.includes(name)));
    }),
  );
}

/** The days of the year on which somebody had written, drafted or reviewed something in the charter. */
function changesOfCharter({ days }: Diary): readonly string[] {
  let before = '';
  return [...days].flatMap(([day, facts]) => {
    const now = JSON.stringify([sectionsOf(facts), facts.rows('charterDrafts')]);
    const changed = before !== '' && now !== before;
    before = now;
    return changed ? [day] : [];
  });
}

/** How often nobody's answer is waited for. */
const mostUnanswered = 3;

function questionsOfCharter(diary: Diary): readonly Finding[] {
  const changes = changesOfCharter(diary);
  return byReader(diary).flatMap(all => {
    const asked = all.filter(({ lines }) => lines.some(line => line.startsWith('A question for the charter')));
    return asked.flatMap((one, index) => {
      const inWeek = asked.slice(0, index).some(({ week }) => week === one.week);
      const since = changes.findLast(day => day < one.day) ?? '';
      const times = asked.slice(0, index + 1).filter(({ day }) => day > since).length;
      if (inWeek) return [finding(one, 'another question came this week')];
      return times > mostUnanswered ? [finding(one, `asked ${times} times since anything came of it`)] : [];
    });
  });
}

export const repeatRules: readonly Rule[] = [
  {
    name: 'nobody gets the same thing twice',
    check: diary =>
      byReader(diary).flatMap(all =>
        all.flatMap((one, index) =>
          all.slice(0, index).some(({ kind, period }) => one.kind === kind && one.period === period)
            ? [finding(one, `${one.kind} of ${one.period} came before`)]
            : [],
        ),
      ),
  },
  {
    name: 'nobody reads the same text twice in a week',
    check: diary =>
      byReader(diary).flatMap(all =>
        all.flatMap((one, index) =>
          sameAs(
            one,
            all.slice(0, index).filter(({ week }) => week === one.week),
            'the same text came this week',
          ),
        ),
      ),
  },
  {
    name: 'what a card of its own says does not stand on the card of the week before it',
    check: diary =>
      byReader(diary).flatMap(all =>
        all.flatMap((one, index) => {
          if (one.kind === 'facilitation.week') return [];
          const weeks = all
            .slice(0, index)
            .filter(({ kind, week }) => kind === 'facilitation.week' && week === one.week);
          return namedTwice(one, weeks).map(line => finding(one, 'Monday’s card named it', line));
        }),
      ),
  },
  {
    name: 'a question for the charter comes once a week, and three times while nothing comes of it',
    check: questionsOfCharter,
  },
  {
    name: 'no text comes twice in a row, unless something in it has changed',
    check: diary =>
      byReader(diary).flatMap(all =>
        [...Map.groupBy(all, ({ kind }) => kind).values()].flatMap(ofKind =>
          ofKind.flatMap((one, index) => {
            const before = ofKind[index - 1];
            return before && withoutDays(textOf(before)) === withoutDays(textOf(one))
              ? [finding(one, `word for word as on ${before.day}, but for the day`, one.lines[0])]
              : [];
          }),
        ),
      ),
  },
];

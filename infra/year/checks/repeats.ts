import type { Diary, Received } from '../diary.ts';
import { finding, isUnasked, type Finding, type Rule } from './finding.ts';

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

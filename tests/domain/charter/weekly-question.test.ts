import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sectionIds } from '../../../domain/charter/charter.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import {
  knownQuestion,
  nextQuestion,
  questionOfWeek,
  type AskedQuestion,
} from '../../../domain/charter/weekly-question.ts';

/** What is asked week after week of a charter that stays as it is. */
function weeks(written: ReadonlySet<string>, count: number): readonly AskedQuestion[] {
  const asked: AskedQuestion[] = [];
  for (let week = 0; week < count; week++) {
    const next = nextQuestion(written, asked);
    if (!next) break;
    asked.push({ ...next, askedAt: new Date(Date.UTC(2026, 0, 6 + 7 * week)).toISOString() });
  }
  return asked;
}

describe('the question of the week', () => {
  test('begins with the purpose, then the aims, then in reading order', () => {
    expect(weeks(new Set(), 4).map(({ section, question }) => [section, question])).toEqual([
      ['purpose', 'lunch'],
      ['aims', 'change'],
      ['scope', 'need'],
      ['members', 'who'],
    ]);
  });

  test('is about an empty section alone, and there is none when all are written', () => {
    const written = new Set<string>(sectionIds.filter(id => id !== 'risks'));

    expect(weeks(written, 3).map(({ section }) => section)).toEqual(['risks', 'risks', 'risks']);
    expect(nextQuestion(new Set(sectionIds), [])).toBeUndefined();
  });

  test('is never the same twice in a row, and none comes back before every one of its section was asked', () => {
    fc.assert(
      fc.property(fc.subarray([...sectionIds]), written => {
        const asked = weeks(new Set(written), 60).map(({ section, question }) => `${section}/${question}`);

        expect(asked.filter((one, index) => one === asked[index + 1])).toEqual([]);
        for (const { id, questions } of charterSections) {
          const first = asked.filter(one => one.startsWith(`${id}/`)).slice(0, questions.length);
          expect(new Set(first).size).toBe(first.length);
        }
      }),
    );
  });

  test('is about one section week after week, with another question each time, until something comes of it', () => {
    const asked: (AskedQuestion & { readonly period: string })[] = [];
    const inWeek = (period: string, changedOn: string | null, written: readonly string[] = []) => {
      const next = questionOfWeek(period, { written: new Set(written), asked, drafts: [], changedOn });
      if (next) asked.push({ ...next, period, askedAt: `${period}T09:00:00Z` });
      return next && `${next.section}/${next.question}`;
    };

    expect([inWeek('2026-11-23', null), inWeek('2026-12-07', null), inWeek('2027-01-04', null)]).toEqual([
      'purpose/lunch',
      'purpose/reasons',
      'purpose/missing',
    ]);
    // Somebody writes it on a Wednesday: nobody is asked any more in that week, and then it is the next one's turn.
    expect(inWeek('2027-01-11', '2027-01-13', ['purpose'])).toBeUndefined();
    expect([inWeek('2027-01-18', '2027-01-13', ['purpose']), inWeek('2027-01-25', '2027-01-13', ['purpose'])]).toEqual([
      'aims/change',
      'aims/results',
    ]);
    // A review begins a new series, though nothing was written.
    expect(inWeek('2027-02-08', '2027-02-02', ['purpose'])).toBe('scope/need');
  });

  test('is not about a section whose draft waits', () => {
    const written = new Set(sectionIds.filter(id => id !== 'risks' && id !== 'measures'));
    const facts = { written, asked: [], drafts: [{ section: 'risks' as const }], changedOn: '2026-11-20' };

    expect(questionOfWeek('2026-11-23', facts)?.section).toBe('measures');
    expect(
      questionOfWeek('2026-11-23', { ...facts, drafts: [{ section: 'measures' }, ...facts.drafts] }),
    ).toBeUndefined();
  });

  test('stays the same all week, and once its section is written the week has no other', () => {
    const row = { section: 'purpose', question: 'lunch', askedAt: '2026-11-24T09:00:00Z', period: '2026-11-23' };
    const drafts = [{ section: 'purpose' as const }];

    expect(questionOfWeek('2026-11-23', { written: new Set(), asked: [row], drafts, changedOn: null })).toEqual({
      section: 'purpose',
      question: 'lunch',
    });
    expect(
      questionOfWeek('2026-11-23', { written: new Set(['purpose']), asked: [row], drafts, changedOn: null }),
    ).toBeUndefined();
    expect(questionOfWeek('2026-11-30', { written: new Set(), asked: [row], drafts, changedOn: null })).toEqual({
      section: 'aims',
      question: 'change',
    });
  });

  test('is known by its section and name, and one of another version is not', () => {
    expect(knownQuestion('risks', 'signs')).toEqual({ section: 'risks', question: 'signs' });
    expect([knownQuestion('risks', 'lunch'), knownQuestion('weather', 'signs')]).toEqual([undefined, undefined]);
  });
});

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

  test('is asked three times of a section at most, and of none whose draft waits', () => {
    const asked = weeks(new Set(sectionIds.filter(id => id !== 'risks' && id !== 'measures')), 5);
    expect(asked.map(({ section }) => section)).toEqual(['risks', 'measures', 'risks', 'measures', 'risks']);

    const facts = {
      written: new Set(sectionIds.filter(id => id !== 'risks' && id !== 'measures')),
      asked: asked.map(one => ({ ...one, period: one.askedAt.slice(0, 10) })),
    };
    const week = '2026-02-10';
    expect(questionOfWeek(week, { ...facts, drafts: [] })?.section).toBe('measures');
    expect(questionOfWeek(week, { ...facts, drafts: [{ section: 'measures' as const }] })).toBeUndefined();
  });

  test('rests two weeks from a section that was asked about, however few are empty', () => {
    const written = new Set<string>(sectionIds.filter(id => id !== 'risks'));
    const [first] = weeks(written, 1);
    const asked = [{ ...first!, period: '2026-01-05' }];
    const inWeek = (week: string) => questionOfWeek(week, { written, asked, drafts: [] })?.section;

    expect(['2026-01-05', '2026-01-12', '2026-01-19'].map(inWeek)).toEqual(['risks', undefined, 'risks']);
  });

  test('stays the same all week, and once its section is written the week has no other', () => {
    const row = { section: 'purpose', question: 'lunch', askedAt: '2026-11-24T09:00:00Z', period: '2026-11-23' };
    const drafts = [{ section: 'purpose' as const }];

    expect(questionOfWeek('2026-11-23', { written: new Set(), asked: [row], drafts })).toEqual({
      section: 'purpose',
      question: 'lunch',
    });
    expect(questionOfWeek('2026-11-23', { written: new Set(['purpose']), asked: [row], drafts })).toBeUndefined();
    expect(questionOfWeek('2026-11-30', { written: new Set(), asked: [row], drafts })).toEqual({
      section: 'aims',
      question: 'change',
    });
  });

  test('is known by its section and name, and one of another version is not', () => {
    expect(knownQuestion('risks', 'signs')).toEqual({ section: 'risks', question: 'signs' });
    expect([knownQuestion('risks', 'lunch'), knownQuestion('weather', 'signs')]).toEqual([undefined, undefined]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sectionIds } from '../../../domain/charter/charter.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import {
  knownQuestion,
  nextQuestion,
  restingSections,
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

    expect([...restingSections(asked, [])]).toEqual(['risks']);
    expect([...restingSections(asked, [{ section: 'measures' }])]).toEqual(['risks', 'measures']);
  });

  test('is known by its section and name, and one of another version is not', () => {
    expect(knownQuestion('risks', 'signs')).toEqual({ section: 'risks', question: 'signs' });
    expect([knownQuestion('risks', 'lunch'), knownQuestion('weather', 'signs')]).toEqual([undefined, undefined]);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { SectionId } from '../../../domain/charter/charter.ts';
import { agreedNow, CommentId, CommentText, isRoundOpen, progressOf } from '../../../domain/charter/voices.ts';
import { person } from '../../support/feature-parts.ts';

const [ann, ben, priya] = [person('Ann Okafor'), person('Ben Ito'), person('Priya Raman')];
const now = new Map<SectionId, string>([
  ['purpose', 'p2'],
  ['aims', 'a1'],
]);
const agreement = (section: string, who: typeof ann, fingerprint: string) => ({ section, person: who, fingerprint });

test('an agreement counts for the words that were read, and no longer when they have changed', () => {
  const all = [agreement('purpose', ann, 'p1'), agreement('purpose', ben, 'p2'), agreement('aims', ann, 'a1')];

  expect([agreedNow(all, 'purpose', now), agreedNow(all, 'aims', now), agreedNow(all, 'risks', now)]).toEqual([
    [ben],
    [ann],
    [],
  ]);
});

describe('a round of consent', () => {
  test('names who has looked and who agrees with all that is written, and counts the others', () => {
    const all = [agreement('purpose', ann, 'p2'), agreement('aims', ann, 'a1'), agreement('purpose', ben, 'p2')];

    expect(progressOf([ben], [ann, ben, priya], all, now)).toEqual({ seen: [ann, ben], agreed: [ann], notYet: 1 });
  });

  test('counts nobody who has left the team, and nobody agrees with a charter that says nothing', () => {
    expect(progressOf([ben], [ann], [], new Map())).toEqual({ seen: [], agreed: [], notYet: 1 });
  });

  test('runs until its last day', () => {
    expect(['2026-11-29', '2026-11-30', '2026-12-01'].map(day => isRoundOpen({ until: '2026-11-30' }, day))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test.each([
  ['a word', CommentText, 'Well said', true],
  ['nothing that can be seen', CommentText, ' \u200b ', false],
  ['too many words', CommentText, 'x'.repeat(1_001), false],
  ['an id', CommentId, 'c0ffee00-1', true],
  ['an id that leads elsewhere', CommentId, '../../roles', false],
])('%s is taken: %#', (_reason, schema, value, expected) => {
  expect(schema.safeParse(value).success).toBe(expected);
});

import { describe, expect, test } from '@jest/globals';
import { sectionIds } from '../../../domain/charter/charter.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import { commonTimeZones } from '../../../domain/time-zones.ts';
import { contributionIds, reasonIds, reasons } from '../../../domain/welcome/method.ts';
import { TimeZone } from '../../../domain/community.ts';
import { fittingFor, summaryOf, type Newcomer } from '../../../domain/welcome/welcome.ts';

const priya = { id: 'priya', name: 'Priya Raman' };

describe('what is fitted to an answer', () => {
  test.each([
    ['a reason brings its suggestion', { reasons: ['tips'] }, ['tips'], []],
    ['asking for advice brings people to ask', { reasons: ['advice'] }, ['advice'], [priya]],
    [
      'at most three reasons and two contributions',
      { reasons: [...reasonIds], contributions: [...contributionIds] },
      ['learn', 'tips', 'advice', 'questions', 'story'],
      [priya],
    ],
    ['contributions alone', { contributions: ['story'] }, ['story'], []],
    ['own words bring people, who can read them', { inOwnWords: 'How do I start?' }, ['curious'], [priya]],
    ['nothing said is fine', {}, ['curious'], []],
    ['what is not offered any more is passed over', { reasons: ['gone'] }, ['curious'], []],
  ])('%s', (_reason, said, because, ask) => {
    const fitting = fittingFor({ reasons: [], inOwnWords: '', contributions: [], ...said }, new Set(), [priya]);

    expect(fitting.steps.map(step => ('reason' in step ? step.reason : step.contribution))).toEqual(because);
    expect(fitting.ask).toEqual(ask);
  });

  test('only what is written is worth reading, in the charter’s order', () => {
    const fitting = fittingFor(
      { reasons: ['people', 'advice'], inOwnWords: '', contributions: [] },
      new Set(['members', 'purpose', 'risks']),
      [],
    );

    expect(fitting.read).toEqual(['purpose', 'members']);
  });
});

describe('the summary for coordinators', () => {
  test('counts who joined since then, most frequent first', () => {
    const newcomers = [
      newcomer('Ben', '2026-11-20T10:00:00Z', ['tips', 'advice'], ['questions']),
      newcomer('Ann', '2026-11-18T10:00:00Z', ['advice'], []),
      newcomer('Old', '2026-10-01T10:00:00Z', ['share'], ['story']),
      newcomer('Quiet', '2026-11-21T10:00:00Z', [], []),
    ];

    const summary = summaryOf(newcomers, new Date('2026-11-16T00:00:00Z'));

    expect(summary.joined.map(({ name }) => name)).toEqual(['Ann', 'Ben', 'Quiet']);
    expect(summary.reasons).toEqual([
      { id: 'advice', count: 2 },
      { id: 'tips', count: 1 },
    ]);
    expect(summary.contributions).toEqual([{ id: 'questions', count: 1 }]);
  });

  test('who joined at that very moment counts', () => {
    const summary = summaryOf([newcomer('Ann', '2026-11-16T00:00:00Z', [], [])], new Date('2026-11-16T00:00:00Z'));

    expect(summary.joined).toHaveLength(1);
  });
});

describe('the method’s data', () => {
  test('every section of the charter has its guide, in order, with three to ten questions', () => {
    expect(charterSections.map(({ id }) => id)).toEqual([...sectionIds]);
    expect(charterSections.filter(({ questions }) => questions.length < 3 || questions.length > 10)).toEqual([]);
  });

  test('every reason is there once, in order', () => {
    expect(reasons.map(({ id }) => id)).toEqual([...reasonIds]);
  });

  test('every time zone offered is one, once', () => {
    expect(commonTimeZones.filter(zone => !TimeZone.safeParse(zone).success)).toEqual([]);
    expect(new Set(commonTimeZones).size).toBe(commonTimeZones.length);
  });
});

function newcomer(name: string, joinedAt: string, why: string[], offers: string[]): Newcomer {
  return {
    person: { id: name.toLowerCase(), name },
    joinedAt,
    reasons: why,
    inOwnWords: '',
    contributions: offers,
    answeredAt: null,
  };
}

import { expect, test } from '@jest/globals';
import en from '../../../../tabs/features/surveys/text.en.json' with { type: 'json' };
import { trendRows } from '../../../../tabs/features/surveys/trend-rows.ts';

const t = (key: string, values?: Readonly<Record<string, unknown>>): string =>
  ({ 'trend.average': en.trend.average, 'trend.points': en.trend.points })[key]!.replace(
    '{{change}}',
    String(values?.['change']),
  );
const trend = { id: 'rate', text: 'How?', average: null, shares: [] };

test.each([
  [3.6, 3.9, ['3.6', '3.9', '+0.3']],
  [4, 3.5, ['4.0', '3.5', '-0.5']],
  [4.1, 4.1, ['4.1', '4.1', '0.0']],
])('averages of %d and %d', (before, now, said) => {
  const [row] = trendRows({ ...trend, average: { before, now } }, { t, locale: 'en-GB' });

  expect([row?.before, row?.now, row?.change]).toEqual(said);
});

test('a change of shares is the difference of the two as they are written', () => {
  const shares = [
    { label: 'A', before: 1 / 3, now: 0.405 },
    { label: 'B', before: 2 / 3, now: 0.595 },
  ];

  expect(trendRows({ ...trend, shares }, { t, locale: 'en-GB' })).toEqual([
    { label: 'A', before: '33%', now: '41%', change: '+8 points' },
    { label: 'B', before: '67%', now: '60%', change: '-7 points' },
  ]);
});

import { pointsOf, type QuestionTrend } from '../../../domain/surveys/trend.ts';
import type { Translate } from '../../lib/text.ts';

interface TrendRow {
  readonly label: string;
  readonly before: string;
  readonly now: string;
  readonly change: string;
}

/**
 * The numbers of a question as they are written: averages with one digit, shares in whole percent.
 */
export function trendRows(
  { average, shares }: QuestionTrend,
  { t, locale }: { readonly t: Translate; readonly locale: string },
): readonly TrendRow[] {
  if (average) {
    const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const signed = new Intl.NumberFormat(locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    });
    const { before, now } = average;
    return [
      {
        label: t('trend.average'),
        before: number.format(before),
        now: number.format(now),
        change: signed.format(now - before),
      },
    ];
  }
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  return shares.map(({ label, before, now }) => ({
    label,
    before: percent.format(before),
    now: percent.format(now),
    change: t('trend.points', { change: signed.format(pointsOf({ before, now })) }),
  }));
}

import type { RhythmRule } from '../../../domain/events/rhythm-rule.ts';
import type { Translate } from '../../lib/text.ts';

/** How often something comes, in words. */
export function ruleInWords(
  rule: RhythmRule,
  { t, locale }: { readonly t: Translate; readonly locale: string },
): string {
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  if (rule.every === 'weeks')
    return t('rule.weeks', { count: rule.weeks, weekday: weekday.format(new Date(`${rule.from}T12:00:00Z`)) });
  // The first of January 2024 was a Monday.
  const name = weekday.format(new Date(Date.UTC(2024, 0, rule.weekday, 12)));
  return t('rule.months', { count: rule.months, nth: t(`rule.nth.${rule.nth}`), weekday: name });
}

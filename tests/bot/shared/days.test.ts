import { describe, expect, it } from '@jest/globals';
import { onDay, todayIn } from '../../../bot/shared/days.ts';
import { createTexts } from '../../../bot/text.ts';
import { community, newCommunity, settings } from '../../support/feature-parts.ts';

describe('today', () => {
  const clock = () => new Date('2026-11-23T23:30:00Z');

  it('is the day where the community is', () => {
    expect(todayIn({ clock }, community({ settings: settings({ timeZone: 'Asia/Tokyo' }) }))).toBe('2026-11-24');
    expect(todayIn({ clock }, community({ settings: settings({ timeZone: 'America/New_York' }) }))).toBe('2026-11-23');
  });

  it('is that of UTC before a zone is chosen', () => {
    expect(todayIn({ clock }, newCommunity())).toBe('2026-11-23');
  });
});

describe('a day in words', () => {
  const sentences = { due: 'Due {{when, datetime}}', none: 'Nothing is due' };
  const t = createTexts({ plan: { en: sentences, de: sentences } });

  it.each([
    { locale: 'en', format: undefined, words: 'Due November 23, 2026' },
    { locale: 'de', format: undefined, words: 'Due 23. November 2026' },
    { locale: 'en', format: { weekday: 'short', day: 'numeric', month: 'long' }, words: 'Due Mon, November 23' },
  ] as const)('is written as the reader writes days: $words', ({ locale, format, words }) => {
    expect(t.for('plan', locale)('due', onDay('2026-11-23', format))).toBe(words);
  });

  it('has no values for no day', () => {
    expect(onDay(null)).toEqual({});
  });
});

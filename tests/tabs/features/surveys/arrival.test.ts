import { expect, test } from '@jest/globals';
import type { SurveyView } from '../../../../domain/surveys/api.ts';
import { arrivalOf } from '../../../../tabs/features/surveys/arrival.ts';
import texts from '../../../../tabs/features/surveys/text.en.json' with { type: 'json' };
import { createTexts } from '../../../../tabs/lib/text.ts';

const t = createTexts('en-GB').for('surveys', { en: texts });
const open = { audience: 'members', phase: 'open', asked: 14, sent: 12, arrives: '2026-11-30' } as const;

test.each<[Partial<Pick<SurveyView, 'audience' | 'phase' | 'asked' | 'sent' | 'arrives'>>, string]>([
  [{ phase: 'planned', sent: null, asked: 0 }, 'Comes into people’s own chats on the morning of 30 November 2026'],
  [{ phase: 'planned', sent: null, arrives: null }, 'No morning comes before it closes'],
  [{ sent: 0 }, 'Comes into people’s own chats on the morning of'],
  [{ sent: 0, arrives: null }, 'No morning comes before it closes'],
  [{}, 'Sent to 12 of 14 so far. The others get it on the first morning with room for it, from 30 November 2026 on.'],
  [{ arrives: null }, 'Sent to 12 of 14. No other morning comes before it closes.'],
  [{ sent: 14 }, 'Sent to everybody it is for.'],
  [{ phase: 'closed', arrives: null }, 'It was sent to 12 of the 14 people it was for.'],
])('%j: %s', (change, said) => {
  expect(arrivalOf({ ...open, ...change }, t, 'en-GB').startsWith(said)).toBe(true);
});

test.each<[Partial<Pick<SurveyView, 'audience' | 'phase' | 'asked' | 'sent'>>, string]>([
  [{ audience: 'channel', asked: null, sent: null }, 'it is in the channel'],
  [{ asked: null, sent: null }, 'whoever reads it does not plan'],
  [{ phase: 'closed', sent: 14 }, 'everybody was sent it'],
  [{ phase: 'closed', sent: null }, 'it is older than the count'],
  [{ asked: 0, sent: 0 }, 'it is for nobody, which is said elsewhere'],
])('%j says nothing: %s', change => {
  expect(arrivalOf({ ...open, ...change }, t, 'en-GB')).toBe('');
});

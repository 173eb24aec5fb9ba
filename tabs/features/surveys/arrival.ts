import type { SurveyView } from '../../../domain/surveys/api.ts';
import { showDay } from '../../lib/dates.ts';
import type { useSurveysText } from './text.ts';

/**
 * For those who plan: when a survey comes into people's own chats, or how many it has reached there. Empty for one in
 * the channel, and for whoever is not told.
 */
export function arrivalOf(
  { audience, phase, asked, sent, arrives }: Pick<SurveyView, 'audience' | 'phase' | 'asked' | 'sent' | 'arrives'>,
  t: ReturnType<typeof useSurveysText>,
  locale: string,
): string {
  if (audience === 'channel' || asked === null) return '';
  const day = arrives === null ? '' : showDay(arrives, locale);
  if (phase === 'closed') return sent === null || sent === asked ? '' : t('sentOf', { sent, asked });
  if (phase === 'planned' || sent === null || (sent === 0 && asked > 0))
    return arrives === null ? t('arrivesNever') : t('arrives', { day });
  if (asked === 0) return '';
  if (sent === asked) return t('sentAll');
  return t(arrives === null ? 'sentLast' : 'sentSoFar', { sent, asked, day });
}

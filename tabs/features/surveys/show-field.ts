import { toldTo, type DraftField } from '../../../domain/surveys/survey.ts';
import { showDay } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';
import type { DraftInput } from './draft.ts';

/** One field of a survey in words; empty for nothing. */
export function showField(
  field: DraftField,
  draft: DraftInput,
  { t, locale }: { readonly t: Translate; readonly locale: string },
): string {
  switch (field) {
    case 'title':
      return draft.title;
    case 'intro':
      return draft.intro;
    case 'questions':
      return draft.questions
        .map(({ kind, text, options, required }, place) => {
          const words = [
            t(`plan.kinds.${kind}`),
            ...(required ? [t('plan.required')] : []),
            ...options.split('\n').filter(option => option !== ''),
          ];
          return `${place + 1}. ${text} (${words.join(' · ')})`;
        })
        .join('\n');
    case 'anonymous':
      return t(`badge.${draft.anonymous ? 'anonymous' : 'named'}`);
    case 'audience':
      return t(`plan.${draft.audience}`);
    case 'event':
      return draft.event ?? '';
    case 'tellsResults':
      return t(draft.tellsResults ? `told.${toldTo(draft)}` : 'plan.tellsResults.no');
    case 'everyQuarter':
      return t(`plan.everyQuarter.${draft.everyQuarter ? 'yes' : 'no'}`);
    case 'opensOn':
    case 'closesOn':
      return draft[field] === '' ? '' : showDay(draft[field], locale);
  }
}

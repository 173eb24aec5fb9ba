import type { Event, EventField } from '../../../domain/events/event.ts';
import { showDay } from '../../lib/dates.ts';
import type { Translate } from '../../lib/text.ts';

/** One field of an event in words; empty for nothing. */
export function showField(
  field: EventField,
  event: Event,
  { t, method, locale }: { readonly t: Translate; readonly method: Translate; readonly locale: string },
): string {
  switch (field) {
    case 'kind':
      return method(`method.kind.${event.kind}.title`);
    case 'day':
      return showDay(event.day, locale);
    case 'minutes':
      return t('minutes', { count: event.minutes });
    case 'mode':
      return t(`mode.${event.mode}`);
    case 'audience':
      return t(`audience.${event.audience}`);
    case 'hosts':
    case 'named':
      return event[field].map(({ name }) => name).join(', ');
    case 'agenda':
      return event.agenda.map(({ title }) => title).join('\n');
    default:
      return event[field] ?? '';
  }
}

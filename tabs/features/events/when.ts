import type { EventLine } from '../../../domain/events/api.ts';

type Placed = Pick<EventLine, 'startsAt' | 'endsAt'>;

/** When an event is, by the clock of whoever reads: people of one community may be anywhere. */
export function showWhen({ startsAt, endsAt }: Placed, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatRange(new Date(startsAt), new Date(endsAt));
}

/** The month of an event for its reader, with its year. */
export function monthOf({ startsAt }: Pick<EventLine, 'startsAt'>, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(new Date(startsAt));
}

import type { DeliveryEntry } from '../../../domain/api.ts';
import { spreadsheet } from '../../csv.ts';
import type { Translate } from '../../text.ts';

const columns = [
  'created',
  'recipient',
  'what',
  'period',
  'state',
  'why',
  'todo',
  'attempts',
  'uncertain',
  'sent',
  'updated',
  'zone',
] as const;

/**
 * The log as a table, times in the community's zone. A cell that a spreadsheet would take for a formula gets an apostrophe
 * in front; the byte order mark has Excel read UTF-8.
 * @param ofAll with the community and what Teams answered, for administrators
 */
export function csvOf(entries: readonly DeliveryEntry[], { ofAll }: { readonly ofAll: boolean }, t: Translate): string {
  const head = [...(ofAll ? ['community'] : []), ...columns, ...(ofAll ? ['detail'] : [])].map(column =>
    t(`csv.${column}`),
  );
  const rows = entries.map(entry => {
    const { community, what, period, state, reason, attempts, uncertain, createdAt, sentAt, updatedAt, detail } = entry;
    const { timeZone } = community;
    const cells = [
      timeIn(createdAt, timeZone),
      recipientOf(entry.to, t),
      what,
      period,
      t(`state.${state}`),
      reason?.said ?? '',
      reason?.todo ?? '',
      String(attempts),
      String(uncertain),
      timeIn(sentAt, timeZone),
      timeIn(updatedAt, timeZone),
      timeZone,
    ];
    return [...(ofAll ? [community.name] : []), ...cells, ...(ofAll ? [detail ?? ''] : [])];
  });
  return spreadsheet([head, ...rows]);
}

function recipientOf(to: DeliveryEntry['to'], t: Translate): string {
  return to.is === 'person' ? to.person.name || to.person.id : t(`to.${to.is}`);
}

/** 2026-11-23 09:00, which spreadsheets of every country read. */
function timeIn(moment: string | null, timeZone: string): string {
  return moment === null
    ? ''
    : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(moment));
}

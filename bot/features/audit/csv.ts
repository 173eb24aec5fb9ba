import type { AuditEntry } from '../../../domain/api.ts';
import { spreadsheet } from '../../csv.ts';
import type { Translate } from '../../text.ts';

const columns = [
  'at',
  'who',
  'what',
  'about',
  'outcome',
  'why',
  'door',
  'via',
  'count',
  'last',
  'zone',
  'request',
] as const;

/**
 * The audit trail as a table, times in the community's zone.
 * @param ofAll with the community, for administrators
 */
export function csvOf(entries: readonly AuditEntry[], { ofAll }: { readonly ofAll: boolean }, t: Translate): string {
  const head = [...(ofAll ? ['community'] : []), ...columns].map(column => t(`csv.${column}`));
  const rows = entries.map(entry => {
    const { community, who, what, about, outcome, why, door, via, count, at, lastAt, request } = entry;
    const timeZone = community?.timeZone ?? 'UTC';
    const name = who.is === 'person' ? who.person.name || who.person.id : t(`who.${who.is}`);
    const last = count > 1 ? timeIn(lastAt, timeZone) : '';
    const cells = [
      timeIn(at, timeZone),
      name,
      what,
      about,
      t(`outcome.${outcome}`),
      why ?? '',
      t(`door.${door}`),
      via,
      String(count),
      last,
      timeZone,
      request ?? '',
    ];
    return [...(ofAll ? [community?.name ?? ''] : []), ...cells];
  });
  return spreadsheet([head, ...rows]);
}

/** 2026-11-23 09:00:07, which spreadsheets of every country read. */
function timeIn(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(moment),
  );
}

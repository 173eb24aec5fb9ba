import type { ReadyCommunity, Weekday } from '../../../domain/community.ts';
import { added, hasBegun, isSameMoment, type KeptEvent } from '../../../domain/events/event.ts';
import { aheadOf, type Occurrence } from '../../../domain/events/rhythm.ts';
import type { KeptRhythm } from '../../../domain/events/rhythm-rule.ts';
import { EventAddress } from '../../../domain/events/event.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import type { Job } from '../../feature.ts';
import { VersionConflict, type Stored } from '../../lists/list.ts';
import { definitions, type EventRow, type RhythmRow } from '../../lists/model.ts';
import { eachRow } from '../../shared/each-row.ts';
import type { EventsParts } from './parts.ts';
import { eventOf, rowOf } from './store.ts';

/** A rhythm with its id. */
export interface PlannedRhythm extends KeptRhythm {
  readonly id: string;
  readonly etag: string;
}

export async function readRhythms(
  { lists }: Pick<EventsParts, 'lists'>,
  community: ReadyCommunity,
): Promise<readonly PlannedRhythm[]> {
  const rows = await lists.of(community.id).rhythms.all();
  return rows.map(rhythmOf).toSorted((one, other) => one.title.localeCompare(other.title));
}

export function rhythmOf({ value, etag }: Stored<RhythmRow>): PlannedRhythm {
  const { key, link, audience, ...rest } = value;
  return {
    id: key,
    etag,
    ...rest,
    link: EventAddress.safeParse(link).data ?? null,
    audience: audience === 'named' ? 'everybody' : audience,
  };
}

export function rhythmRow(key: string, { link, ...rhythm }: KeptRhythm): RhythmRow {
  return { key, ...rhythm, link: link ?? '' };
}

/** What a rhythm has ahead, and which days of it bring nothing. */
export async function daysAheadOf(
  { restDays, clock }: Pick<EventsParts, 'restDays' | 'clock'>,
  community: ReadyCommunity,
  rhythm: Pick<KeptRhythm, 'rule' | 'time' | 'until'>,
): Promise<readonly Occurrence[]> {
  const rest = await restDays.of(community);
  return aheadOf(rhythm, clock(), { timeZone: community.settings.timeZone, rest });
}

/** Each day, at the community's hour: what comes again and again is there six weeks ahead, as drafts. */
export function aheadJob(parts: EventsParts): Job {
  const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
  return {
    name: 'events.ahead',
    next(community, after) {
      const {
        timeZone,
        facilitation: { time },
      } = community.settings;
      return nextOnDays({ days: everyDay, time, timeZone }, after);
    },
    async run({ community }) {
      const rhythms = await readRhythms(parts, community);
      if (rhythms.length === 0) return;
      await eachRow(
        parts,
        { community: community.id, list: definitions.rhythms.title },
        rhythms,
        ({ id, title }) => ({ key: id, what: title }),
        rhythm => makeAhead(parts, community, rhythm),
      );
      parts.log.info({ community: community.id, rhythms: rhythms.length }, 'events of rhythms made');
    },
  };
}

/**
 * Makes the drafts of a rhythm as it says now. Those that nobody has touched follow it: they move, or go where their
 * day brings nothing any more. What somebody changed, announced or cancelled is theirs and stays. May be repeated:
 * each day has one key.
 */
export async function makeAhead(parts: EventsParts, community: ReadyCommunity, rhythm: PlannedRhythm): Promise<void> {
  const { events } = parts.lists.of(community.id);
  const rows = (await events.all()).filter(({ value }) => value.rhythm === rhythm.id);
  const wanted = new Map<string, KeptEvent>();
  for (const { day, startsAt } of await daysAheadOf(parts, community, rhythm))
    if (startsAt !== null) wanted.set(keyOf(rhythm, day), eventOn(parts, rhythm, { startsAt, rows }));

  for (const row of rows.filter(one => isUntouched(one.value, parts.clock()))) {
    const next = wanted.get(row.value.key);
    if (next && isSame(row, next)) continue;
    try {
      if (next) await events.update(row, rowOf(row.value.key, next));
      else await events.remove(row);
    } catch (error) {
      // Somebody has just taken it over.
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  const there = new Set(rows.map(({ value }) => value.key));
  for (const [key, event] of wanted) if (!there.has(key)) await events.create(rowOf(key, event));
}

/** With the agenda of the last one that has any: what was arranged once is arranged. */
function eventOn(
  { clock }: EventsParts,
  { id, title, kind, minutes, mode, place, link, audience, hosts, changedBy }: PlannedRhythm,
  { startsAt, rows }: { readonly startsAt: string; readonly rows: readonly Stored<EventRow>[] },
): KeptEvent {
  const last = rows
    .map(({ value }) => value)
    .filter(({ agenda, startsAt: before }) => agenda.length > 0 && before < startsAt)
    .toSorted((one, other) => other.startsAt.localeCompare(one.startsAt))[0];
  return added(
    {
      ...{ title, kind, activity: null, minutes, mode, place, link, audience, named: [], hosts },
      ...{ agenda: last?.agenda ?? [], keep: '', change: '', summary: '', recording: null },
    },
    { startsAt, rhythm: id },
    { by: changedBy, now: clock() },
  );
}

function isUntouched({ state, addedAt, changedAt, ...event }: EventRow, now: Date): boolean {
  return state === 'draft' && isSameMoment(addedAt, changedAt) && !hasBegun(event, now);
}

/** It would say the same, whenever it was made. */
function isSame(row: Stored<EventRow>, next: KeptEvent): boolean {
  const { addedAt: _added, changedAt: _changed, startsAt, ...said } = rowOf(row.value.key, eventOf(row));
  const { addedAt: _nextAdded, changedAt: _nextChanged, startsAt: nextStart, ...wanted } = rowOf(row.value.key, next);
  return isSameMoment(startsAt, nextStart) && JSON.stringify(said) === JSON.stringify(wanted);
}

function keyOf({ id }: Pick<PlannedRhythm, 'id'>, day: string): string {
  return `${id}-${day}`;
}

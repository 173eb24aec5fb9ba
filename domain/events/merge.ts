import { mergeEdits } from '../merge.ts';
import { changedFields, type Event, type EventField } from './event.ts';

/** Two edits of one event put together, field by field. */
interface MergedEvent {
  /** Theirs where only they changed something, otherwise mine. */
  readonly event: Event;
  /** What only they changed, and words that both changed in different places. */
  readonly theirs: readonly EventField[];
  /** What both changed, differently: mine stands in `event` until somebody chooses. */
  readonly clashes: readonly EventField[];
}

const words = ['keep', 'change', 'summary'] as const satisfies readonly EventField[];

/** @param base what both began from; null when there was no event, so that every difference is a clash. */
export function mergeEvents(base: Event | null, mine: Event, current: Event): MergedEvent {
  const byMe = base && new Set(changedFields(base, mine));
  const byThem = base && new Set(changedFields(base, current));
  let event = mine;
  const theirs: EventField[] = [];
  const clashes: EventField[] = [];
  for (const field of changedFields(mine, current)) {
    const together = base && byMe?.has(field) && byThem?.has(field) ? joined(field, base, mine, current) : null;
    if (together !== null) {
      event = { ...event, [field]: together };
      theirs.push(field);
    } else if (byMe && !byMe.has(field)) {
      event = takeField(field, event, current);
      theirs.push(field);
    } else if (!byThem || byThem.has(field)) clashes.push(field);
  }
  return { event, theirs, clashes };
}

function joined(field: EventField, base: Event, mine: Event, current: Event): string | null {
  const name = words.find(one => one === field);
  if (name === undefined) return null;
  const merged = mergeEdits(base[name], mine[name], current[name]);
  return merged.kind === 'merged' ? merged.text : null;
}

/** `into` with one field of `from`. */
export function takeField(field: EventField, into: Event, from: Event): Event {
  return { ...into, [field]: from[field] };
}

import type { FoundInReport } from '../../../domain/events/report-api.ts';

/** What a host makes of a report, before it is noted. */
export interface ReportChoices {
  /** Ids of people who are in the report, or missing from it, of whom nothing is to be noted. */
  readonly leftOut: ReadonlySet<string>;
  /** Guests who are not to be noted, by their places. */
  readonly guestsLeftOut: ReadonlySet<number>;
  /** Who somebody is of whom the report is not sure, by their places: an id, or `guest`. */
  readonly chosen: ReadonlyMap<number, string>;
}

export const noChoices: ReportChoices = { leftOut: new Set(), guestsLeftOut: new Set(), chosen: new Map() };

/** Somebody who is not sure is a guest. */
export const asGuest = 'guest';

export interface NotedPresence {
  readonly people: readonly { readonly id: string; readonly was: 'yes' | 'no' }[];
  readonly guests: readonly { readonly name: string; readonly organisation: string; readonly was: 'yes' }[];
}

/**
 * What is noted once the host saves. Whoever is in the report and chosen for somebody else as well was there once;
 * whom nobody chose is left as they are.
 */
export function presenceOf(found: FoundInReport, { leftOut, guestsLeftOut, chosen }: ReportChoices): NotedPresence {
  const there = new Set([
    ...found.was.map(({ person }) => person.id).filter(id => !leftOut.has(id)),
    ...[...chosen.values()].filter(id => id !== asGuest),
  ]);
  const missing = found.missing.map(({ id }) => id).filter(id => !leftOut.has(id) && !there.has(id));
  const guests = [
    ...found.guests.filter((_guest, place) => !guestsLeftOut.has(place)),
    ...found.unsure.filter((_one, place) => chosen.get(place) === asGuest),
  ];
  return {
    people: [
      ...[...there].map(id => ({ id, was: 'yes' as const })),
      ...missing.map(id => ({ id, was: 'no' as const })),
    ],
    guests: guests.map(({ name, organisation }) => ({ name, organisation, was: 'yes' })),
  };
}

/** The same in parts of so many people and guests each, as one call takes them. */
export function inParts(
  { people, guests }: NotedPresence,
  most: { people: number; guests: number },
): readonly NotedPresence[] {
  const count = Math.max(Math.ceil(people.length / most.people), Math.ceil(guests.length / most.guests));
  return Array.from({ length: count }, (_one, place) => ({
    people: people.slice(place * most.people, (place + 1) * most.people),
    guests: guests.slice(place * most.guests, (place + 1) * most.guests),
  }));
}

/** A set with something in it that was not, or without it. */
export function toggled<Item>(items: ReadonlySet<Item>, item: Item, isIn: boolean): ReadonlySet<Item> {
  const changed = new Set(items);
  if (isIn) changed.add(item);
  else changed.delete(item);
  return changed;
}

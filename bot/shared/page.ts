import type { Page } from '../ports.ts';
import { z } from 'zod';
import { identifier } from '../../domain/text.ts';

/** Where a page ended: lines are ordered by their moment, and those of one moment by their id. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

const Place = z.tuple([z.iso.datetime(), identifier(100).min(1)]);

/** Null at the beginning; undefined when this was never a place in any log, and a page from there has nothing on it. */
export function placeOf(before: string | undefined): Place | null | undefined {
  if (before === undefined) return null;
  const place = Place.safeParse(before.split('_'));
  return place.success ? { at: place.data[0], id: place.data[1] } : undefined;
}

/** A page of this many lines, from rows of which one more was asked for. */
export function pageOf<Line extends { readonly id: string }>(
  rows: readonly Line[],
  limit: number,
  momentOf: (line: Line) => Date,
): Page<Line> {
  const lines = rows.slice(0, limit);
  const last = lines.at(-1);
  return { lines, next: rows.length > limit && last ? `${momentOf(last).toISOString()}_${last.id}` : null };
}

import { z } from 'zod';
import { line } from '../text.ts';

/** Most lines of one agenda, the longest of them and of who leads it in characters, and the most minutes of one. */
export const mostItems = 30;
export const longestItem = 200;
export const longestLeader = 100;
export const mostMinutes = 600;

/** One line of an agenda. */
export const AgendaItem = z.object({
  /** Chosen by whoever adds it. */
  id: z.string().regex(/^[a-z0-9-]{1,64}$/, { error: 'expected 1 to 64 small letters, digits and hyphens' }),
  title: line(longestItem).min(1),
  /** 0 for as long as it takes. */
  minutes: z.number().int().min(0).max(mostMinutes),
  /** Who leads it, in words: a name, or two. */
  who: line(longestLeader),
  /** It must not fall to the end, should the meeting run over. */
  first: z.boolean(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const Agenda = z.array(AgendaItem).max(mostItems);

type Timed = Pick<AgendaItem, 'minutes'>;

export function plannedMinutes(agenda: readonly Timed[]): number {
  return agenda.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** By how many minutes an agenda runs over what there is; 0 when it fits. */
export function overrun(agenda: readonly Timed[], minutes: number): number {
  return Math.max(0, plannedMinutes(agenda) - minutes);
}

/** What is important stands first; within both halves everything keeps its order. */
export function importantFirst<Item extends Pick<AgendaItem, 'first'>>(agenda: readonly Item[]): readonly Item[] {
  return [...agenda.filter(({ first }) => first), ...agenda.filter(({ first }) => !first)];
}

/**
 * The important lines that would not be over in time, as the agenda stands: what there is to do is moved before what
 * may give way, and these would be what gives way.
 */
export function importantAtRisk<Item extends Pick<AgendaItem, 'first' | 'minutes'>>(
  agenda: readonly Item[],
  minutes: number,
): readonly Item[] {
  return agenda.filter((item, place) => item.first && plannedMinutes(agenda.slice(0, place + 1)) > minutes);
}

/** How many minutes after the beginning each line is taken up; null from where no more is known. */
export function beginnings(agenda: readonly Timed[]): readonly (number | null)[] {
  const open = agenda.findIndex(({ minutes }) => minutes === 0);
  return agenda.map((_item, place) => (open >= 0 && place > open ? null : plannedMinutes(agenda.slice(0, place))));
}

import { localDay } from '../schedule.ts';
import { longestNotes, type Action, type KeptAction } from './plan.ts';

/** What a sentence may ask of one action. */
export const acts = ['done', 'stuck', 'move'] as const;

export type Act =
  | { readonly kind: 'done' }
  /** `line` goes to the end of the notes; empty for no reason. */
  | { readonly kind: 'stuck'; readonly line: string }
  | { readonly kind: 'move'; readonly due: string };

/** What an act has changed, so that it can be undone as long as nobody has changed it since. */
export interface Trace {
  readonly before: Pick<Action, 'state' | 'due'>;
  readonly after: Pick<Action, 'state' | 'due'>;
  /** What was added at the end of the notes. */
  readonly line: string;
}

type Current = Pick<KeptAction, 'state' | 'due' | 'notes'>;

/** What an act changes; undefined when it is so already, as after a press that is repeated. */
export function changeFor(act: Act, current: Current): Partial<Action> | undefined {
  switch (act.kind) {
    case 'done':
      return current.state === 'done' ? undefined : { state: 'done' };
    case 'move':
      return current.state === 'done' || current.due === act.due ? undefined : { due: act.due };
    case 'stuck': {
      const said = act.line !== '' && !current.notes.endsWith(act.line);
      if (current.state === 'stuck' && !said) return undefined;
      return { state: 'stuck', ...(said ? { notes: withLine(current.notes, act.line) } : {}) };
    }
  }
}

/** Whether a line still fits into the notes. */
export function hasRoomFor(line: string, { notes }: Pick<Current, 'notes'>): boolean {
  return line === '' || notes.endsWith(line) || withLine(notes, line).length <= longestNotes;
}

/** What takes an act back; null when somebody has changed the action since, undefined when it is taken back already. */
export function undoing({ before, after, line }: Trace, current: Current): Partial<Action> | null | undefined {
  if (stands(before, current) && (line === '' || !current.notes.endsWith(line))) return undefined;
  if (!stands(after, current)) return null;
  const notes = line !== '' && current.notes.endsWith(line) ? current.notes.slice(0, -line.length).trimEnd() : null;
  return { state: before.state, due: before.due, ...(notes === null ? {} : { notes }) };
}

function stands({ state, due }: Pick<Action, 'state' | 'due'>, current: Current): boolean {
  return current.state === state && current.due === due;
}

function withLine(notes: string, line: string): string {
  return notes.trim() === '' ? line : `${notes.trimEnd()}\n\n${line}`;
}

/** Whether this person added it today and nobody else has touched it, so that they may simply take it back. */
export function isFresh(
  { addedBy, addedAt, changedBy, state }: Pick<KeptAction, 'addedBy' | 'addedAt' | 'changedBy' | 'state'>,
  person: { readonly id: string },
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): boolean {
  const isUntouched = addedBy.id === person.id && changedBy.id === person.id && state !== 'done';
  return isUntouched && localDay(new Date(addedAt), timeZone) === today;
}

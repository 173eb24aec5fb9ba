import { z } from 'zod';
import { Person } from '../../../domain/community.ts';
import { changedFields, Event } from '../../../domain/events/event.ts';
import type { DraftOptions } from '../../lib/use-draft.ts';

/** Any text and any number of characters: a draft is what somebody typed, not yet what may be saved. */
const Typed = Event.extend({
  title: z.string(),
  day: z.string(),
  time: z.string(),
  minutes: z.number(),
  place: z.string(),
  link: z.string().nullable(),
  recording: z.string().nullable(),
  named: z.array(Person),
  hosts: z.array(Person),
  agenda: z.array(
    z.object({ id: z.string(), title: z.string(), minutes: z.number(), who: z.string(), first: z.boolean() }),
  ),
  keep: z.string(),
  change: z.string(),
  summary: z.string(),
});

/** What the browser keeps of an event that is being edited; of one that can only be read there is nothing. */
export function eventDraft(
  id: string,
  stored: { readonly value: Event; readonly etag: string | null; readonly base?: null },
  mayEdit: boolean,
): DraftOptions<Event> {
  return {
    thing: mayEdit ? `events/${id}` : null,
    schema: Typed,
    stored,
    same: (one, other) => changedFields(one, other).length === 0,
  };
}

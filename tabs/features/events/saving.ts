import { EventView } from '../../../domain/events/api.ts';
import { usualOf, type EventKindId } from '../../../domain/events/method.ts';
import { eventFields, type Event, type EventField } from '../../../domain/events/event.ts';
import { mergeEvents } from '../../../domain/events/merge.ts';
import type { Person } from '../../../domain/community.ts';
import type { Versioned } from '../../lib/save-version.ts';
import type { Translate } from '../../lib/text.ts';

interface EventStore {
  /** Fails with `version-conflict` when the ETag is not that of what is stored. */
  put(event: Event, etag: string | null): Promise<EventView>;
  read(): Promise<EventView | null>;
}

/** An event as it is saved beside others who edit it. */
export function versionedEvent(store: EventStore): Versioned<Event, EventView, EventField> {
  return {
    put: store.put,
    async current(refusal) {
      const sent = EventView.safeParse(refusal);
      return sent.success ? sent.data : store.read();
    },
    read: view => ({ value: valuesOf(view), etag: view.etag }),
    merge(base, mine, theirs) {
      const { event, ...merged } = mergeEvents(base, mine, theirs);
      return { value: event, ...merged };
    },
  };
}

/** What people say about an event, without what the server says about it. */
export function valuesOf(view: EventView): Event {
  return Object.fromEntries(eventFields.map(field => [field, view[field]])) as Event;
}

/** An event of this kind of which nothing else is known yet. */
export function newEvent(kind: EventKindId, { day, host, t }: { day: string; host: Person; t: Translate }): Event {
  const { minutes } = usualOf(kind, false);
  return {
    ...{ title: t(`method.kind.${kind}.title`), kind, activity: null, day, time: '15:00', minutes },
    ...{ mode: 'online', place: '', link: null, audience: audienceOf(kind), named: [], hosts: [host] },
    ...{ agenda: usualAgenda(kind, false, t), keep: '', change: '', summary: '', recording: null },
  };
}

function audienceOf(kind: EventKindId): Event['audience'] {
  if (kind === 'core' || kind === 'first-core') return 'core';
  return kind === 'sponsor' ? 'sponsor' : 'everybody';
}

/** The usual agenda of a kind in the reader's words, to begin with. */
export function usualAgenda(kind: EventKindId, held: boolean, t: Translate): Event['agenda'] {
  return usualOf(kind, held).agenda.map(({ id, minutes }) => ({
    id,
    title: t(`method.kind.${kind}.agenda.${id}`),
    minutes,
    who: '',
    first: false,
  }));
}

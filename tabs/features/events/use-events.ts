import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { eventsApi, type EventsView, type EventView } from '../../../domain/events/api.ts';
import type { Event, EventField } from '../../../domain/events/event.ts';
import { keys } from '../../lib/queries.ts';
import { saveVersion, type Edit, type Saved } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { versionedEvent } from './saving.ts';

/** Shows an event as it is now, on its page and among the others. */
export function useShowEvent(): (view: EventView) => Promise<void> {
  const { communityId } = useSession();
  const queries = useQueryClient();
  return useCallback(
    async view => {
      const all = keys.events(communityId);
      await queries.cancelQueries({ queryKey: all });
      queries.setQueryData<EventView>(keys.event(communityId, view.id), view);
      queries.setQueryData<EventsView>(all, before => before && withEvent(before, view));
    },
    [communityId, queries],
  );
}

/** Saves an event and shows it at once, also when the form was left meanwhile. */
export function useSaveEvent(): (id: string, edit: Edit<Event>) => Promise<Saved<Event, EventView, EventField>> {
  const call = useCall();
  const show = useShowEvent();
  return useCallback(
    async (id, edit) => {
      const versioned = versionedEvent({
        put: (event, etag) => call(eventsApi.saveEvent, { params: { event: id }, body: event, ifMatch: etag }),
        read: async () => call(eventsApi.event, { params: { event: id } }),
      });
      const saved = await saveVersion(versioned, edit);
      if (saved.kind !== 'gone') await show(saved.view);
      return saved;
    },
    [call, show],
  );
}

/** All events with one replaced or added, by their moment. */
function withEvent(all: EventsView, event: EventView): EventsView {
  return {
    ...all,
    events: [...all.events.filter(({ id }) => id !== event.id), event].toSorted((one, other) =>
      one.startsAt.localeCompare(other.startsAt),
    ),
  };
}

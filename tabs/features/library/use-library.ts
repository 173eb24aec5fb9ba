import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { LibraryView, ResourceView } from '../../../domain/library/api.ts';
import { keys } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';

/** Shows something in the library as it is now, where it stood; null: it is there no more. */
export function useShowResource(): (id: string, view: ResourceView | null) => Promise<void> {
  const { communityId } = useSession();
  const queries = useQueryClient();
  return useCallback(
    async (id, view) => {
      const queryKey = keys.library(communityId);
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<LibraryView>(queryKey, before => before && withResource(before, id, view));
      void queries.invalidateQueries({ queryKey });
      // A gap of the agenda may be filled, and an answer lead somewhere else.
      void queries.invalidateQueries({ queryKey: keys.agenda(communityId) });
    },
    [communityId, queries],
  );
}

function withResource(all: LibraryView, id: string, view: ResourceView | null): LibraryView {
  const isThere = all.resources.some(resource => resource.id === id);
  if (view === null) return { ...all, resources: all.resources.filter(resource => resource.id !== id) };
  return {
    ...all,
    resources: isThere
      ? all.resources.map(resource => (resource.id === id ? view : resource))
      : [view, ...all.resources],
  };
}

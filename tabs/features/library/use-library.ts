import { useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { libraryApi, ResourceView, type LibraryView } from '../../../domain/library/api.ts';
import { changedFields, type ResourceField, type ResourceWords } from '../../../domain/library/resource.ts';
import { mergeFields } from '../../../domain/merge-fields.ts';
import { keys } from '../../lib/queries.ts';
import { saveVersion, type Edit, type Saved, type Versioned } from '../../lib/save-version.ts';
import { useCall, useSession } from '../../lib/session.tsx';

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

/** Says something in other words and shows it at once, also when the form was left meanwhile. */
export function useSaveResource(): (
  id: string,
  edit: Edit<ResourceWords>,
) => Promise<Saved<ResourceWords, ResourceView, ResourceField>> {
  const call = useCall();
  const show = useShowResource();
  return useCallback(
    async (id, edit) => {
      const versioned: Versioned<ResourceWords, ResourceView, ResourceField> = {
        put: (words, etag) => call(libraryApi.saveResource, { params: { resource: id }, body: words, ifMatch: etag }),
        // The refusal carries what is stored; what is gone is not found.
        current: async refusal => ResourceView.safeParse(refusal).data ?? null,
        read: view => ({ value: wordsIn(view), etag: view.etag }),
        merge: (base, mine, current) => mergeFields({ base, mine, current }, { changed: changedFields, text: 'when' }),
      };
      const saved = await saveVersion(versioned, edit);
      if (saved.kind !== 'gone') await show(id, saved.view);
      return saved;
    },
    [call, show],
  );
}

/** What people say of something in the library, without what the server says about it. */
export function wordsIn({ title, when, topics }: ResourceView): ResourceWords {
  return { title, when, topics };
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

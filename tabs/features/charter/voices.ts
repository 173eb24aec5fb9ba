import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { charterVoicesApi, type SectionVoices, type VoicesView } from '../../../domain/charter/voices-api.ts';
import type { SectionId } from '../../../domain/charter/charter.ts';
import { ApiFailure } from '../../lib/api.ts';
import { keys } from '../../lib/queries.ts';
import { textOf, useCall, useSession } from '../../lib/session.tsx';
import english from './voices-text.en.json' with { type: 'json' };

export const useVoicesText = textOf('charter-voices', { en: english });

/** What members say about the charter; asked again, so that two who look at once see each other. */
export function useVoices() {
  const { communityId } = useSession();
  const call = useCall();
  return useQuery({
    queryKey: keys.voices(communityId),
    queryFn: ({ signal }) => call(charterVoicesApi.charterVoices, { signal }),
    refetchInterval: 30_000,
  });
}

/** What is said about one section. */
export function voicesOf(view: VoicesView | undefined, id: SectionId): SectionVoices | undefined {
  return view?.sections.find(section => section.id === id);
}

export interface VoiceChange {
  /** Asks for the change; the answer is everything that is said as it is then. */
  readonly ask: () => Promise<VoicesView>;
  /** Said aloud when it is done. */
  readonly done: string;
  readonly after?: () => void;
}

/** Carries out one change at a time and shows what came of it. A section that has changed meanwhile is shown anew. */
export function useVoiceChange() {
  const { communityId, announce } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ ask }: VoiceChange) => ask(),
    async onSuccess(view, { done, after }) {
      await queries.cancelQueries({ queryKey: keys.voices(communityId) });
      queries.setQueryData(keys.voices(communityId), view);
      void queries.invalidateQueries({ queryKey: keys.charter(communityId) });
      announce(done);
      after?.();
    },
    onError(error) {
      if (hasChanged(error)) void queries.invalidateQueries({ queryKey: keys.charter(communityId) });
    },
  });
}

export function hasChanged(error: unknown): boolean {
  return error instanceof ApiFailure && error.code === 'version-conflict';
}

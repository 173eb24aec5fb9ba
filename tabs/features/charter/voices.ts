import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CharterView } from '../../../domain/charter/api.ts';
import type { SectionVoices, VoicesView } from '../../../domain/charter/voices-api.ts';
import type { SectionId } from '../../../domain/charter/charter.ts';
import { ApiFailure } from '../../lib/api.ts';
import { keys } from '../../lib/queries.ts';
import { textOf, useSession } from '../../lib/session.tsx';
import english from './voices-text.en.json' with { type: 'json' };

export const useVoicesText = textOf('charter-voices', { en: english });

/** What is said about one section. */
export function voicesOf(view: VoicesView, id: SectionId): SectionVoices | undefined {
  return view.sections.find(section => section.id === id);
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
      const queryKey = keys.charter(communityId);
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<CharterView>(queryKey, before => before && { ...before, voices: view });
      void queries.invalidateQueries({ queryKey });
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

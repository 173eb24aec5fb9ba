import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { liveTopics, type LiveTopic } from '../../domain/live/live.ts';
import { useSession } from './session.tsx';

/** Shows what others change, while the page is in sight. What is being typed stays as it is. */
export function useLive(): void {
  const { communityId, host } = useSession();
  const queries = useQueryClient();

  useEffect(() => {
    let ending: AbortController | undefined;

    async function begin({ signal }: AbortController): Promise<void> {
      // After the first view: nobody waits for it.
      const { listen, readAnew } = await import('./live.ts');
      const read = (topics: readonly LiveTopic[]): void => readAnew(queries, communityId, topics);
      await listen({ community: communityId, token: host.token, hear: read, missed: () => read(liveTopics) }, signal);
    }

    function follow(): void {
      if (document.visibilityState === 'hidden') {
        ending?.abort();
        ending = undefined;
      } else if (!ending) {
        ending = new AbortController();
        void begin(ending);
      }
    }

    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      ending?.abort();
    };
  }, [communityId, host, queries]);
}

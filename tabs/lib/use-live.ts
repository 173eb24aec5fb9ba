import { createContext, use, useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { SectionId } from '../../domain/charter/charter.ts';
import type { WhoIsHere } from '../../domain/live/api.ts';
import { liveTopics, type LiveTopic } from '../../domain/live/live.ts';
import { useSession } from './session.tsx';

/** Who else has the community open, and what of it this person is writing, which the others see. */
export interface Company {
  readonly others: WhoIsHere;
  readonly write: (section: SectionId | null) => void;
}

const nobody: WhoIsHere = { here: [], more: 0 };

export const CompanyContext = createContext<Company>({ others: nobody, write: () => undefined });

/** The names of those who write this section at the moment. */
export function useWriters(section: SectionId): readonly string[] {
  const { here } = use(CompanyContext).others;
  return here.filter(({ editing }) => editing === section).map(({ name }) => name);
}

/** Lets others see that this person writes this section, as long as its editor is in sight. */
export function useWriting(section: SectionId): void {
  const { write } = use(CompanyContext);
  useEffect(() => {
    write(section);
    return () => write(null);
  }, [write, section]);
}

/** Shows what others change and who they are, while the page is in sight. What is being typed stays as it is. */
export function useLive(): Company {
  const { communityId, host } = useSession();
  const queries = useQueryClient();
  const [others, setOthers] = useState(nobody);
  const [editing, write] = useState<SectionId | null>(null);

  useEffect(() => {
    let ending: AbortController | undefined;

    async function begin({ signal }: AbortController): Promise<void> {
      // After the first view: nobody waits for it.
      const { listen, readAnew } = await import('./live.ts');
      const hear = (topics: readonly LiveTopic[]): void => readAnew(queries, communityId, topics);
      const missed = (): void => hear(liveTopics);
      await listen({ community: communityId, editing, token: host.token, hear, meet: setOthers, missed }, signal);
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
  }, [communityId, host, queries, editing]);

  return useMemo(() => ({ others, write }), [others]);
}

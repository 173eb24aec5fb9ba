import { useQuery } from '@tanstack/react-query';
import { tabApi } from '../../domain/tab/api.ts';
import { keys } from './queries.ts';
import { useCall, useSession } from './session.tsx';

/** Who is in the team. */
export function useMembers(enabled = true) {
  const { communityId } = useSession();
  const call = useCall();
  return useQuery({
    queryKey: keys.members(communityId),
    queryFn: ({ signal }) => call(tabApi.members, { signal }),
    staleTime: 60_000,
    enabled,
  });
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { planApi, type PlanView } from '../../../domain/plan/api.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';

/** How many more are shown by one press. */
const perPress = 100;

/** The plan with what was done long ago, as far as that is wanted. */
export interface WithOlder {
  readonly plan: PlanView;
  /** How many more were done and are not in it. */
  readonly rest: number;
  readonly isReading: boolean;
  readonly error: unknown;
  readonly again: () => void;
  /** Wants some more. */
  readonly more: () => void;
}

/**
 * What was done long ago comes when it is wanted: some by a press, all of it for a search, which has to look through it.
 */
export function useOlder(plan: PlanView | undefined, wantsAll: boolean): WithOlder | undefined {
  const { communityId } = useSession();
  const call = useCall();
  const [pressed, setPressed] = useState(0);
  const wanted = wantsAll ? Infinity : pressed;
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: keys.olderActions(communityId),
    queryFn: ({ pageParam, signal }) =>
      call(planApi.olderActions, { params: pageParam === null ? {} : { before: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: wanted > 0 && (plan?.doneBefore ?? 0) > 0,
  });
  const read = data?.pages.flatMap(({ actions }) => actions) ?? [];
  const misses = hasNextPage && !isFetching && error === null && read.length < wanted;
  useEffect(() => {
    if (misses) void fetchNextPage();
  }, [misses, fetchNextPage]);

  if (!plan) return undefined;
  const left = data?.pages.flatMap(page => page.left) ?? [];
  const known = new Set(plan.actions.map(({ id }) => id));
  // What was changed meanwhile is in both, and says in the plan what it is now.
  const others = read.filter(({ id }) => !known.has(id));
  const older = others.slice(0, wanted);
  const isAll = data !== undefined && !hasNextPage && older.length === others.length;
  return {
    plan: { ...plan, actions: [...plan.actions, ...older], left: [...new Set([...plan.left, ...left])] },
    rest: isAll ? 0 : Math.max(0, plan.doneBefore - older.length),
    isReading: isFetching,
    error,
    again: () => void (data ? fetchNextPage() : refetch()),
    more: () => setPressed(before => before + perPress),
  };
}

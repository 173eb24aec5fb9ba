import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { planApi, type OlderActions, type PlanView } from '../../../domain/plan/api.ts';
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
  const pages = data?.pages;
  const count = pages?.reduce((sum, { actions }) => sum + actions.length, 0) ?? 0;
  const misses = hasNextPage && !isFetching && error === null && count < wanted;
  useEffect(() => {
    if (misses) void fetchNextPage();
  }, [misses, fetchNextPage]);
  // The same as before as long as nothing has come: cards that did not change are not drawn anew.
  const joined = useMemo(() => plan && joinedWith(plan, pages ?? [], wanted), [plan, pages, wanted]);

  if (!plan || !joined) return undefined;
  const isAll = data !== undefined && !hasNextPage && !joined.hasMore;
  return {
    plan: joined.plan,
    rest: isAll ? 0 : Math.max(0, plan.doneBefore - joined.older),
    isReading: isFetching,
    error,
    again: () => void (data ? fetchNextPage() : refetch()),
    more: () => setPressed(before => before + perPress),
  };
}

/** The plan with the first of what was done before, at most so many. */
function joinedWith(plan: PlanView, pages: readonly OlderActions[], wanted: number) {
  const known = new Set(plan.actions.map(({ id }) => id));
  // What was changed meanwhile is in both, and says in the plan what it is now.
  const others = pages.flatMap(({ actions }) => actions).filter(({ id }) => !known.has(id));
  const older = others.slice(0, wanted);
  const joined: PlanView = {
    ...plan,
    actions: [...plan.actions, ...older],
    left: pages.length === 0 ? plan.left : [...new Set([plan, ...pages].flatMap(({ left }) => left))],
    comments: Object.assign({}, ...[...pages, plan].map(({ comments }) => comments)),
  };
  return { plan: joined, older: older.length, hasMore: older.length < others.length };
}

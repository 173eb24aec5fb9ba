import { createHash } from 'node:crypto';
import { timeZoneOf, type Community } from '../../domain/community.ts';
import { keyOfYes } from '../../domain/digest/digest.ts';
import { CommunityError } from '../../domain/errors.ts';
import { latelyFrom } from '../../domain/plan/lately.ts';
import type { Clock } from '../ports.ts';
import { whenThere, type Stored } from './list.ts';
import type { Lists, PlanRow, ReplyRow } from './model.ts';

/** A plan without what was done long ago. */
export interface PlanNow {
  /** What is not done, and what was done lately. */
  readonly rows: readonly Stored<PlanRow>[];
  /** How many more are done, by the aim they name. */
  readonly doneBefore: readonly { readonly aim: string | null; readonly count: number }[];
}

interface PlanReading {
  readonly lists: Lists;
  readonly clock: Clock;
}

type Where = Pick<Community, 'id' | 'settings'>;

/** The key of the action that a sponsor's yes becomes, by the key of their answer. */
export function actionOfReply({ key }: Pick<ReplyRow, 'key'>): string {
  return `${keyOfYes}${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/** The moment before which what is done was done long ago, as an ISO instant. */
export function longAgo({ clock }: Pick<PlanReading, 'clock'>, community: Pick<Community, 'settings'>): string {
  return latelyFrom(clock(), timeZoneOf(community)).toISOString();
}

/**
 * What is on a community's plan now. A plan grows without end; what was done years ago is only counted.
 *
 * @param since an ISO instant: what was done from then on is read as well
 */
export async function readPlanNow(parts: PlanReading, community: Where, since?: string): Promise<PlanNow> {
  const { plan } = parts.lists.of(community.id);
  const lately = longAgo(parts, community);
  const wanted = since === undefined ? lately : new Date(since).toISOString();
  const from = wanted < lately ? wanted : lately;
  const [rows, counts] = await Promise.all([plan.since(from), plan.countBefore(from)]);
  return {
    rows,
    doneBefore: counts.map(({ said: aim, count }) => ({ aim, count })),
  };
}

/** The same; nothing in a community whose lists are older than its plan. */
export async function readPlanWhenThere(...given: Parameters<typeof readPlanNow>): Promise<PlanNow> {
  try {
    return await readPlanNow(...given);
  } catch (error) {
    if (error instanceof CommunityError && error.code === 'not-set-up') return { rows: [], doneBefore: [] };
    throw error;
  }
}

/** What is not done; nothing in a community whose lists are older than its plan. */
export async function readOpenActions(parts: PlanReading, community: Where): Promise<readonly Stored<PlanRow>[]> {
  const rows = await whenThere(() => parts.lists.of(community.id).plan.since(longAgo(parts, community)));
  return rows.filter(({ value }) => value.state !== 'done');
}

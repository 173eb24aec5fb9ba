import { byStart, type KeptEvent } from './event.ts';
import { learningMenu, type ActivityId, type Cluster } from './method.ts';

type Known = Pick<KeptEvent, 'state' | 'startsAt' | 'title' | 'activity'>;

const week = 7 * 86_400_000;
/** For how long nothing is in sight when coordinators are asked, in milliseconds. */
const ahead = 4 * week;
/** A cluster of the menu rests for so long after it was used, and the view from outside is due after so long. */
const restsFor = 8 * week;
const outsideWithin = 13 * week;
const suggested = 3;
/** From how many events on a community is in its second, third and fourth stage, as far as what it can take on goes. */
const stagesFrom = [3, 6, 12] as const;

/**
 * The last event of a community that has met, a week ago or longer, and has nothing before it for four weeks, not even a
 * draft; undefined for one that has never met with the app, or has something in sight.
 */
export function lastBeforeNothing<Event extends Known>(events: readonly Event[], now: Date): Event | undefined {
  const alive = events.filter(({ state }) => state !== 'cancelled').toSorted(byStart);
  const at = now.getTime();
  if (alive.some(({ startsAt }) => Date.parse(startsAt) > at && Date.parse(startsAt) <= at + ahead)) return undefined;
  const last = alive.findLast(({ startsAt, state }) => Date.parse(startsAt) <= at && state !== 'draft');
  return last && Date.parse(last.startsAt) <= at - week ? last : undefined;
}

/**
 * Three activities to meet for, each of another cluster: first of those that were not used for eight weeks; from outside
 * first, where nothing was for a quarter; and none that asks more of a community than it has practice for. Every event
 * that is held makes them others.
 */
export function suggestionsFor(events: readonly Known[], now: Date): readonly ActivityId[] {
  const held = events.filter(({ state, startsAt }) => state === 'held' && Date.parse(startsAt) <= now.getTime());
  const since = (time: number): ReadonlySet<string | null> =>
    new Set(held.flatMap(({ activity, startsAt }) => (Date.parse(startsAt) > now.getTime() - time ? [activity] : [])));
  const stage = 1 + stagesFrom.filter(from => held.length >= from).length;
  const used = since(restsFor);
  const fits = learningMenu
    .map(cluster => ({
      ...cluster,
      isUsed: cluster.activities.some(({ id }) => used.has(id)),
      activities: cluster.activities.filter(one => one.stage <= stage),
    }))
    .filter(({ activities }) => activities.length > 0);
  const rested = fits.filter(({ isUsed }) => !isUsed);
  const lately = since(outsideWithin);
  const isOutsideDue = !learningMenu.some(({ activities }) =>
    activities.some(({ id, outside }) => outside && lately.has(id)),
  );
  const inTurn = (clusters: typeof fits): readonly (typeof fits)[number][] => {
    const turn = turned(clusters, held.length);
    return isOutsideDue ? turn.toSorted((one, other) => Number(isOutside(other)) - Number(isOutside(one))) : turn;
  };
  const inOrder = [...inTurn(rested), ...inTurn(fits.filter(({ isUsed }) => isUsed))];
  return inOrder.slice(0, suggested).flatMap((cluster, place) => {
    const outside = cluster.activities.filter(one => one.outside);
    const from = place === 0 && isOutsideDue && outside.length > 0 ? outside : cluster.activities;
    const chosen = from[held.length % from.length];
    return chosen ? [chosen.id] : [];
  });
}

function isOutside({ activities }: Cluster): boolean {
  return activities.some(({ outside }) => outside);
}

/** Begins with another one each time. */
function turned<One>(all: readonly One[], by: number): readonly One[] {
  const from = all.length === 0 ? 0 : by % all.length;
  return [...all.slice(from), ...all.slice(0, from)];
}

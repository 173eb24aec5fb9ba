import { heldBy, type Held } from '../../../domain/departures/held.ts';
import type { Member, ReadyCommunity } from '../../../domain/community.ts';
import { localDay } from '../../../domain/schedule.ts';
import { whenThere, type Stored } from '../../lists/list.ts';
import type { PlanRow } from '../../lists/model.ts';
import { readOpenActions } from '../../lists/plan.ts';
import { readRoles } from '../../lists/roles.ts';
import { todayIn } from '../../shared/days.ts';
import type { DeparturesParts } from './parts.ts';

/** Somebody who has left, with what they held; null once nothing of it is left. */
export interface Departure<What = Held<PlanRow> | null> {
  readonly person: string;
  /** The calendar day where the community is. */
  readonly on: string;
  readonly held: What;
}

export interface Departures {
  readonly departures: readonly Departure[];
  readonly members: readonly Member[];
}

/** For so many days after they left somebody is looked at. */
const lookedBack = 63;

/** Those who left lately, the last one first. */
export async function readDepartures(
  parts: Pick<DeparturesParts, 'lists' | 'roster' | 'departed' | 'clock'>,
  community: ReadyCommunity,
): Promise<Departures> {
  const { timeZone } = community.settings;
  const since = new Date(parts.clock().getTime() - lookedBack * 86_400_000);
  const left = await parts.departed.since(community.id, since);
  if (left.length === 0) return { departures: [], members: [] };
  const today = todayIn(parts, community);
  const of = parts.lists.of(community.id);
  const [{ roles, members }, actions, surveys, drafts] = await Promise.all([
    readRoles(parts, community, today),
    rowsOf(() => readOpenActions(parts, community)),
    rowsOf(() => of.surveys.all()),
    rowsOf(() => of.charterDrafts.all()),
  ]);
  const here = new Set(members.map(({ id }) => id));
  const holdables = {
    settings: community.settings,
    roles,
    actions,
    surveys: surveys.filter(({ closesOn, closedOn }) => closedOn === null && closesOn >= today),
    drafts,
    members: here,
  };
  const departures = left
    .filter(({ person }) => !here.has(person))
    .map(({ person, at }) => ({ person, on: localDay(at, timeZone), held: heldBy(person, holdables) }));
  return { departures, members };
}

/** Whether they are still named somewhere. */
export function isHolding(departure: Departure): departure is Departure<Held<PlanRow>> {
  return departure.held !== null;
}

async function rowsOf<Row>(read: () => Promise<readonly Stored<Row>[]>): Promise<readonly Row[]> {
  return (await whenThere(read)).map(({ value }) => value);
}

import { CommunityError } from '../../domain/errors.ts';
import type { Community } from '../../domain/community.ts';
import type { Db } from '../database/tables.ts';
import type { Graph } from '../graph/client.ts';
import { findLists, presentOf, wantedLists } from '../lists/find-lists.ts';
import { createPlaceStore } from '../lists/place-store.ts';
import type { Place } from '../lists/places.ts';
import type { ChannelTabs } from '../ports.ts';
import { gap, good, hint, unknown, type Check, type Finding } from './check.ts';

export interface CommunityParts {
  readonly db: Db;
  /** As the app. */
  readonly graph: Graph;
  readonly channelTabs: Pick<ChannelTabs, 'isGone'>;
}

/** A community as the checks see it. */
export type Looked = Pick<Community, 'id' | 'name' | 'tab'> & { readonly isSetUp: boolean };

/** Every community that has the app, in a team that is not archived; or this one alone, if it is one of them. */
export async function communitiesToLookAt(db: Db, id?: string): Promise<readonly Looked[]> {
  const rows = await db
    .selectFrom('communities')
    .select(({ eb }) => ['id', 'name', 'tab', eb('settings', 'is not', null).as('is_set_up')])
    .where('removed_at', 'is', null)
    .where('archived_at', 'is', null)
    .$if(id !== undefined, query => query.where('id', '=', id ?? ''))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, tab, is_set_up: isSetUp }) => ({
    id,
    name,
    isSetUp: Boolean(isSetUp),
    ...(tab ? { tab } : {}),
  }));
}

/** How long a reading of a list, and a look at all lists, are believed to be how things are, in milliseconds. */
const believed = { reading: 8 * 24 * 3_600_000, lists: 29 * 24 * 3_600_000 };

/**
 * Whether the app has met a community's site and lists lately, and nothing was wrong with them: what it meets and cannot
 * read is not known any more from that moment on.
 */
export async function wasMet(db: Db, id: string, now: Date): Promise<boolean> {
  const since = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  const met = await db
    .selectFrom('communities')
    .innerJoin('mirrored_lists', 'mirrored_lists.community', 'communities.id')
    .select('communities.id')
    .where('communities.id', '=', id)
    .where('communities.lists_right_at', '>', since(believed.lists))
    .where('mirrored_lists.link', 'is not', null)
    .where('mirrored_lists.read_at', '>', since(believed.reading))
    .limit(1)
    .executeTakeFirst();
  return met !== undefined;
}

/**
 * Whether the app reaches what it has in one team.
 *
 * @param isMet what `wasMet` says, for whoever need not look again
 */
export function communityChecks(
  community: Looked,
  { db, graph, channelTabs }: CommunityParts,
  isMet = false,
): readonly Check[] {
  const { id, tab, isSetUp } = community;
  // What the lists are in has to be there first.
  let place: Promise<Place | undefined> | undefined;
  const placeOf = (): Promise<Place | undefined> => (place ??= createPlaceStore(db).read(id));

  return [
    {
      name: 'members',
      look: () => asked(() => graph.get(`/teams/${encodeURIComponent(id)}/members?$top=1`), membersRefused),
    },
    {
      name: 'site',
      async look() {
        if (isMet) return good;
        const found = await placeOf();
        if (!found) return gap('site-unknown');
        const { site } = found;
        return asked(
          () => graph.get(`/sites/${site.id}?$select=id`),
          error => siteRefused(error, site.url),
        );
      },
    },
    {
      name: 'lists',
      async look() {
        if (isMet) return good;
        const found = await placeOf();
        if (!found || !isSetUp) return hint('not-set-up');
        return asked(async () => missingLists(graph, found), listsRefused);
      },
    },
    {
      name: 'tab',
      async look() {
        if (!tab) return hint('tab-none');
        return (await channelTabs.isGone(community, tab)) ? gap('tab-gone') : good;
      },
    },
  ];
}

/** @param ask what it gives, if anything, is what was found */
async function asked(ask: () => Promise<unknown>, refused: (error: CommunityError) => Finding): Promise<Finding> {
  try {
    const answer = await ask();
    return isFinding(answer) ? answer : good;
  } catch (error) {
    if (!(error instanceof CommunityError)) throw error;
    return refused(error);
  }
}

function isFinding(value: unknown): value is Finding {
  return typeof value === 'object' && value !== null && 'state' in value;
}

async function missingLists(graph: Graph, place: Place): Promise<Finding> {
  const wanted = wantedLists();
  const found = await findLists(graph, place, wanted);
  const missing = wanted.filter((_list, index) => presentOf(found[index]) === undefined).map(({ title }) => title);
  return missing.length === 0 ? good : gap('lists-missing', { lists: missing.join(', ') });
}

function membersRefused(error: CommunityError): Finding {
  if (error.code === 'not-granted') return gap('members-not-granted');
  return error.code === 'not-found' ? gap('team-gone') : cannotSee(error);
}

function siteRefused(error: CommunityError, url: string): Finding {
  switch (error.code) {
    case 'not-granted':
      return gap('site-not-granted', { url });
    case 'not-found':
      return gap('site-gone', { url });
    case 'site-locked':
      return gap('site-locked', { url });
    default:
      return cannotSee(error);
  }
}

/** A site that lets nobody in has been told of already, with who mends it. */
function listsRefused(error: CommunityError): Finding {
  return error.code === 'not-granted' || error.code === 'not-found' ? unknown('no-site') : cannotSee(error);
}

function cannotSee({ message }: CommunityError): Finding {
  return unknown('no-answer-graph', { said: message });
}

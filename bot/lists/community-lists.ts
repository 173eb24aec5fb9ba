import { decodeJwt } from 'jose';
import type { Clock } from '../ports.ts';
import type { Db } from '../database/tables.ts';
import { createDatabaseList, createWholeLists } from './database-list.ts';
import type { Caller, Graph } from '../graph/client.ts';
import type { EndingList, Keyed, List, VersionedList } from './list.ts';
import {
  columnName,
  definitions,
  type CommunityLists,
  type FewLists,
  type ListDefinition,
  type Lists,
  type ListsOf,
  type Row,
  type SettingsRow,
  type TeamLists,
  type VouchedName,
} from './model.ts';
import { createSettingsList } from './settings-list.ts';
import type { Mirror } from './mirror.ts';
import { createMirroredList, createReadRows, createWrittenThrough, readMirroredItem } from './mirrored-list.ts';
import { createColumnCheck, createSiteCheck, type FoundInOrder } from './sharepoint-columns.ts';
import { listPath, type FindPlace } from './places.ts';
import { createSharePointList } from './sharepoint-list.ts';
import { createVouchedList } from './vouched-list.ts';
import { createVouches } from './vouches.ts';

export interface TeamListsOptions {
  /** A copy of them, from which the app itself reads; without it every call reads in SharePoint. */
  readonly mirror?: Mirror;
  /** Hears, whenever a whole list was read, which of its rows could not be. */
  readonly unreadable?: (community: string, list: string, keys: readonly string[]) => void;
}

interface OneList {
  readonly community: string;
  readonly caller: Caller;
  readonly name: string;
  readonly definition: ListDefinition;
}

/** The lists in the teams' own sites. */
export function createTeamLists(
  graphAs: (caller: Caller) => Graph,
  findPlace: FindPlace,
  { mirror, unreadable = () => {} }: TeamListsOptions = {},
): ListsOf<TeamLists> {
  const inOrder: FoundInOrder = new Map();
  const readRows = createReadRows();
  const listsInOrder = createSiteCheck(graphAs('app'), findPlace, definitionsOf('team'));

  function listsFor(community: string, caller: Caller): TeamLists {
    const entries = definitionsOf('team').map(([name, definition]) => [
      name,
      listFor({ community, caller, name, definition }),
    ]);
    return Object.fromEntries(entries) as TeamLists;
  }

  function listFor({ community, caller, name, definition }: OneList): EndingList<Keyed> {
    const path = async () => listPath(await findPlace(community), name, definition.title);
    const unread = (keys: readonly string[]) => unreadable(community, definition.title, keys);
    const list = createSharePointList<Keyed>(definition, graphAs(caller), path, inOrder, unread);
    if (!mirror) return list;
    const check = createColumnCheck({ definition, graph: graphAs('app'), path, inOrder });
    const copy = mirror.copyOf({
      community,
      list: name,
      source: path,
      itemOf: item => readMirroredItem(definition, item),
      columns: ['key', ...Object.keys(definition.columns)].map(columnName),
      mustHaveColumns: check.mustHaveColumns,
      listsInOrder: () => listsInOrder(community),
      explained: check.explained,
    });
    // What a person may see is for SharePoint to say: the copy has what the app may see.
    if (caller !== 'app') return createWrittenThrough({ definition, list, copy });
    return createMirroredList({ definition, list, copy, readRows, name: `${community} ${name}`, unreadable: unread });
  }

  return {
    of: community => listsFor(community, 'app'),
    onBehalfOf: (community, assertion) => listsFor(community, { onBehalfOf: assertion }),
  };
}

export interface FewParts {
  readonly db: Db;
  readonly now: Clock;
  /** Resolves once what earlier versions kept in SharePoint is in the database. */
  readonly copied: (community: string) => Promise<void>;
  /** The list of a community's settings, where what is saved is watched. */
  readonly settingsOf?: (community: string) => List<SettingsRow>;
}

/** The lists in our database. The app alone reaches it; rows name the person all the same. */
export function createFewLists({
  db,
  now,
  copied,
  settingsOf = community => createSettingsList(db, community),
}: FewParts): ListsOf<FewLists> {
  const readWhole = createWholeLists(db);

  function listsFor(community: string, by: string | null): FewLists {
    const entries = definitionsOf('few').map(([name, definition]) => [
      name,
      after(() => copied(community), createDatabaseList({ db, now, name, definition, community, by, readWhole })),
    ]);
    return { ...(Object.fromEntries(entries) as FewLists), settings: settingsOf(community) };
  }

  return {
    of: community => listsFor(community, null),
    // The API checked the token before.
    onBehalfOf: (community, assertion) => listsFor(community, String(decodeJwt(assertion)['oid'] ?? '') || null),
  };
}

/** Every list of a community, wherever it is kept. */
export function createLists({
  team,
  few,
  db,
}: {
  readonly team: ListsOf<TeamLists>;
  readonly few: ListsOf<FewLists>;
  readonly db: Db;
}): Lists {
  function together(community: string, inTeam: TeamLists, forFew: FewLists): CommunityLists {
    const vouched = <Name extends VouchedName>(name: Name) =>
      createVouchedList<Row<Name>>(
        inTeam[name] as VersionedList<Row<Name>>,
        createVouches({ db, community, list: name, definition: definitions[name] }),
      );
    return {
      ...inTeam,
      ...forFew,
      settingsCopy: vouched('settingsCopy'),
      roles: vouched('roles'),
      events: vouched('events'),
      questions: vouched('questions'),
      library: vouched('library'),
    };
  }

  return {
    of: community => together(community, team.of(community), few.of(community)),
    onBehalfOf: (community, assertion) =>
      together(community, team.onBehalfOf(community, assertion), few.onBehalfOf(community, assertion)),
  };
}

/** A list whose every call waits for something first. */
function after<T extends Keyed>(ready: () => Promise<void>, list: List<T>): List<T> {
  return {
    find: key => ready().then(() => list.find(key)),
    all: where => ready().then(() => list.all(where)),
    create: value => ready().then(() => list.create(value)),
    update: (read, value) => ready().then(() => list.update(read, value)),
    remove: read => ready().then(() => list.remove(read)),
  };
}

function definitionsOf(kept: ListDefinition['kept']): readonly (readonly [string, ListDefinition])[] {
  return Object.entries(definitions as Readonly<Record<string, ListDefinition>>).filter(
    ([, definition]) => definition.kept === kept,
  );
}

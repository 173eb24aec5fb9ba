import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { ListItem } from '@microsoft/microsoft-graph-types';
import type { Logger } from 'pino';
import { CommunityError, type ErrorCode } from '../../domain/errors.ts';
import type { Graph } from '../graph/client.ts';
import type { Clock } from '../ports.ts';
import { errorText } from '../shared/error-text.ts';
import { readDelta, type DeltaParts } from './list-delta.ts';
import { noteKnownSince } from '../shared/known-since.ts';
import type { Count } from './list.ts';
import type { Extent, Item, Leased, MirrorStore, Original, Where } from './mirror-store.ts';

/** How old a copy may be, in milliseconds. */
export interface Freshness {
  /** Until then it is given out as it is. */
  readonly fresh: number;
  /** Until then it is given out to people, while what changed is read behind it. */
  readonly served: number;
  /** Until then jobs decide from it. */
  readonly forJobs: number;
  /** Until then a job finds out from it whether there is anything to do; see `Mirror.asKnown`. */
  readonly known: number;
  /** How long a list in which somebody else changed something is taken for one in which that is usual. */
  readonly changing: number;
  /** How long a person waits for what changed before they get what is known. */
  readonly patience: number;
  /** How long the columns of a list are believed to be in order where people look. */
  readonly columns: number;
  /** The same for jobs, unless somebody else changed something: each look costs as much as what changed. */
  readonly columnsForJobs: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export const usualFreshness: Freshness = {
  fresh: 5_000,
  served: minute,
  forJobs: minute,
  known: 8 * day,
  changing: 56 * day,
  patience: 2_000,
  columns: 10 * minute,
  // A job that runs each day looks each day, whatever the minute.
  columnsForJobs: 20 * 60 * minute,
};

/** A list that has all its columns, with their indexes. */
export interface ListInOrder {
  /** Its name in `model.ts`. */
  readonly list: string;
  /** Its path in Graph. */
  readonly source: string;
}

/** What one list is to its copy. */
interface Mirrored {
  readonly community: string;
  /** Its name in `model.ts`. */
  readonly list: string;
  /** Its path in Graph at this moment. */
  readonly source: () => Promise<string>;
  readonly itemOf: (item: ListItem) => Item;
  /** The names of our columns in SharePoint. */
  readonly columns: readonly string[];
  /** Throws `not-set-up` when it has lost a column. */
  readonly mustHaveColumns: () => Promise<void>;
  /** What one look at all lists of its community finds in order. */
  readonly listsInOrder: () => Promise<readonly ListInOrder[]>;
  /** What Graph says of this list, in the words of this product. */
  readonly explained: <R>(call: () => Promise<R>) => Promise<R>;
}

/** The copy of one list. */
export interface ListCopy {
  /**
   * Brings it up to date, as far as need be.
   *
   * @returns what tells it from how it was before each change; undefined where no copy can be kept, and SharePoint
   *   itself is to be asked
   */
  version(): Promise<string | undefined>;
  /** What is asked for; undefined when there is no copy. */
  items(where: Where): Promise<readonly Item[] | undefined>;
  /** See `MirrorStore.counts`. */
  counts(before: string): Promise<readonly Count[] | undefined>;
  /** Makes a change in SharePoint, and takes over what came of it: `Outcome` as an item, or the id of one that is gone. */
  changing<Outcome>(
    change: () => Promise<Outcome>,
    came: (outcome: Outcome) => Item | { readonly id: string; readonly gone: true } | undefined,
  ): Promise<Outcome>;
}

/**
 * A copy in our database of the lists in teams' sites, so that a look at a screen and a job's decision wait for no
 * call. All servers share it. What they write goes to SharePoint first and is taken over in the same step; what others
 * change there is read by what Graph tells of changes.
 */
export interface Mirror {
  copyOf(mirrored: Mirrored): ListCopy;
  /** Reads what changed meanwhile in those of its lists that people have looked at lately, behind everybody. */
  lookAgain(community: string): void;
  /**
   * What is read in here is the copy as it is, which may be a week old, and costs nothing: for a job that finds out whether
   * there is anything to do. Lists in which others change something now and then, in SharePoint itself, are read
   * anew all the same. Nobody is told anything by it: whoever tells reads outside of it.
   */
  asKnown<R>(work: () => Promise<R>): Promise<R>;
  /** Something in a list was changed, and is not in its copy yet: whoever looks next reads what it was. */
  doubt(community: string, list: string): Promise<void>;
  /** Its lists may have lost or got columns, which Graph does not tell among changes: they are read anew. */
  forget(community: string): Promise<void>;
  /** Reads nothing behind anybody any more, and waits some seconds for what is being read: the database is about to close. */
  stop(): Promise<void>;
}

export interface MirrorParts {
  readonly store: MirrorStore;
  /** Graph for the app itself: what is copied is what the app may see. */
  readonly graph: Graph;
  readonly now: Clock;
  readonly log: Logger;
  readonly isBackground: () => boolean;
  readonly inBackground: <R>(work: () => Promise<R>) => Promise<R>;
  /** Hears of a community with a list that is gone, has lost a column, or may not be read any more. */
  readonly broken?: (community: string) => void;
  /** Hears of a list in which somebody else changed something. */
  readonly changed: (community: string, list: string) => void;
  readonly freshness?: Freshness;
}

/** How long one server has a list to itself, in milliseconds: one page of what changed. */
const leased = 20_000;
/** How long a list that a person asked for counts as looked at, in milliseconds: as long as a tab is heard of at once. */
const lookedAtFor = 15 * minute;
/** A copy that is younger needs no look behind it, as another server had one. */
const lookedAgain = 15_000;
/** How often another one looks whether it is done. */
const lookEvery = 100;
/** How often a list is read for one who looks, where changes come in between. */
const mostReadings = 3;
/** How long it is known that Graph did not answer for a list. */
const awayFor = 15_000;
/** How long the end of the server waits for a reading. */
const endsWithin = 5_000;

export function createMirror({ freshness = usualFreshness, ...parts }: MirrorParts): Mirror {
  const { store, now } = parts;
  const readings = createReadings({ ...parts, freshness });
  const lookers = createLookers();
  const known = new AsyncLocalStorage<true>();

  async function bringUpToDate(mirrored: Mirrored, original: Original): Promise<Extent | undefined> {
    const extent = await store.extent(original);
    const reader = known.getStore() ? 'known' : parts.isBackground() ? 'job' : 'person';
    const need = needOf(extent, { now: now(), reader, freshness });
    if (need === 'behind') readings.behind(mirrored, original);
    if (need !== 'first') {
      noteKnownSince('now');
      return extent;
    }
    for (let known = extent, times = 1; ; times++) {
      const isRead = await readings.first(mirrored, original, known);
      known = await store.extent(original);
      // A reading that was under way already began before the last change.
      if (isRead && known?.isDoubted && times < mostReadings) continue;
      noteKnownSince(isRead ? 'now' : (known?.readAt ?? 'now'));
      return known;
    }
  }

  async function lookAgain(mirrored: Mirrored): Promise<void> {
    const original = { community: mirrored.community, list: mirrored.list, source: await mirrored.source() };
    const readAt = (await store.extent(original))?.readAt?.getTime() ?? 0;
    if (Math.abs(now().getTime() - readAt) >= lookedAgain) readings.behind(mirrored, original);
  }

  return {
    lookAgain(community) {
      for (const mirrored of lookers.of(community))
        lookAgain(mirrored).catch((error: unknown) =>
          parts.log.debug({ community, error: errorText(error) }, 'nobody could look again at a list'),
        );
    },
    copyOf(mirrored) {
      const { community, list } = mirrored;
      const place = async (): Promise<Original> => ({ community, list, source: await mirrored.source() });
      return {
        async version() {
          if (!parts.isBackground()) lookers.note(mirrored);
          const extent = await bringUpToDate(mirrored, await place());
          return extent?.link == null ? undefined : extent.version;
        },
        items: async where => store.items(await place(), where),
        counts: async before => store.counts(await place(), before),
        changing: async (change, came) => changing({ ...parts, original: await place() }, change, came),
      };
    },
    asKnown: work => known.run(true, work),
    doubt: store.doubtList,
    forget: store.dropAll,
    stop: readings.stop,
  };
}

type ReaderParts = MirrorParts & { readonly freshness: Freshness };

/** Reads lists, each once at a time on this server. */
function createReadings(parts: ReaderParts) {
  const { freshness } = parts;
  const read = createReader(parts);
  /** Readings under way on this server; people do not wait for one of a job. */
  const underWay = new Map<string, Promise<void>>();
  /** When Graph last did not answer for a list. */
  const away = new Map<string, number>();
  let isStopped = false;

  function readOnce(mirrored: Mirrored, original: Original): Promise<void> {
    const name = `${original.community} ${original.list} ${parts.isBackground()}`;
    const running = underWay.get(name) ?? read(mirrored, original).finally(() => underWay.delete(name));
    underWay.set(name, running);
    return running;
  }

  function readBehind(mirrored: Mirrored, { community, list, source }: Original): void {
    if (isStopped) return;
    const reading = parts.inBackground(() => readOnce(mirrored, { community, list, source }));
    reading.catch((error: unknown) =>
      parts.log.debug({ community, list, error: errorText(error) }, 'what changed in a list could not be read'),
    );
  }

  /**
   * Waits as long as this reader does. What is known already is better than nothing where Graph does not answer.
   *
   * @returns whether it was read
   */
  async function readFirst(mirrored: Mirrored, original: Original, extent: Extent | undefined): Promise<boolean> {
    const name = `${original.community} ${original.list}`;
    const reading = readOnce(mirrored, original).then(() => true);
    if (extent?.link == null || parts.isBackground()) return reading;
    const isAway = Date.now() - (away.get(name) ?? 0) < awayFor;
    reading.then(
      () => away.delete(name),
      () => void away.set(name, Date.now()),
    );
    try {
      if (!isFinite(freshness.patience)) return await reading;
      return await Promise.race([reading, wait(isAway ? 0 : freshness.patience, false, { ref: false })]);
    } catch (error) {
      if (error instanceof CommunityError && isGraphAway(error.code)) return false;
      throw error;
    }
  }

  async function stop(): Promise<void> {
    isStopped = true;
    await Promise.race([Promise.allSettled(underWay.values()), wait(endsWithin, undefined, { ref: false })]);
  }

  return { behind: readBehind, first: readFirst, stop };
}

/** Which lists people have asked for lately. */
function createLookers() {
  const asked = new Map<string, Map<string, { readonly mirrored: Mirrored; readonly at: number }>>();
  return {
    note(mirrored: Mirrored): void {
      const { community, list } = mirrored;
      const lists = asked.get(community) ?? new Map();
      asked.set(community, lists.set(list, { mirrored, at: Date.now() }));
    },
    of(community: string): readonly Mirrored[] {
      const lists = asked.get(community);
      for (const [list, { at }] of lists ?? []) if (Date.now() - at > lookedAtFor) lists?.delete(list);
      if (lists?.size === 0) asked.delete(community);
      return [...(lists?.values() ?? [])].map(({ mirrored }) => mirrored);
    },
  };
}

/** Whether a copy is good as it is, is given out while it is read, or is read first. */
function needOf(
  extent: Extent | undefined,
  {
    now,
    reader,
    freshness,
  }: { readonly now: Date; readonly reader: 'person' | 'job' | 'known'; readonly freshness: Freshness },
): 'nothing' | 'behind' | 'first' {
  if (extent?.link == null || extent.readAt === null || extent.isDoubted) return 'first';
  // Clocks of servers differ a little, and may be set back.
  const ageOf = (moment: Date): number => Math.abs(now.getTime() - moment.getTime());
  const age = ageOf(extent.readAt);
  if (reader === 'known' && age < freshness.known) {
    const isChanging = extent.changedAt !== null && ageOf(extent.changedAt) < freshness.changing;
    if (!isChanging) return 'nothing';
  }
  if (reader !== 'person') return age < freshness.forJobs ? 'nothing' : 'first';
  if (age < freshness.fresh) return 'nothing';
  return age < freshness.served ? 'behind' : 'first';
}

function isGraphAway(code: ErrorCode): boolean {
  return code === 'unavailable' || code === 'throttled';
}

/** Looks at the columns of lists, and how long one is believed. */
function createLooks({ store, now, freshness }: Pick<ReaderParts, 'store' | 'now' | 'freshness'>) {
  /** Looks at all lists of a community that are under way: jobs often read theirs side by side. */
  const looks = new Map<string, Promise<void>>();

  async function look(mirrored: Mirrored, original: Original): Promise<void> {
    await mirrored.mustHaveColumns();
    await store.lookedAt(original, now());
  }

  /** Jobs read several lists: a look at all of them costs what two cost one by one. */
  async function lookAtAll(mirrored: Mirrored, original: Original): Promise<void> {
    const { community } = original;
    const isLookedAt = async (): Promise<boolean> => {
      const extent = await store.extent(original);
      return extent !== undefined && isBelieved(extent, freshness.columnsForJobs);
    };
    if (!looks.has(community) && (await isLookedAt())) return;
    const running = looks.get(community) ?? noteInOrder(mirrored).finally(() => looks.delete(community));
    looks.set(community, running);
    // What Graph has against it, it has against a look at this list, too, where that is explained.
    await running.catch((error: unknown) => {
      if (!(error instanceof CommunityError)) throw error;
    });
    if (!(await isLookedAt())) await look(mirrored, original);
  }

  async function noteInOrder({ community, listsInOrder }: Mirrored): Promise<void> {
    for (const { list, source } of await listsInOrder()) await store.lookedAt({ community, list, source }, now());
  }

  function isBelieved({ lookedAt }: Extent, believed: number): boolean {
    return lookedAt !== null && Math.abs(now().getTime() - lookedAt.getTime()) < believed;
  }

  return { look, lookAtAll, isBelieved };
}

/** Reads what changed in a list, unless another server is reading it: then it waits for that. */
function createReader({ store, graph, now, isBackground, changed, broken = () => {}, freshness }: ReaderParts) {
  /** Undefined when another server has read it meanwhile, or it was dropped: whoever asks next opens another. */
  async function claim(original: Original, before: Extent | undefined): Promise<Leased | undefined> {
    for (;;) {
      const claimed = await store.lease(original, leased);
      if (claimed) return claimed;
      await wait(lookEvery);
      const extent = await store.extent(original);
      if (!extent || (extent.link != null && !extent.isDoubted && !isSameMoment(extent.readAt, before?.readAt)))
        return undefined;
    }
  }

  const { look, lookAtAll, isBelieved } = createLooks({ store, now, freshness });

  async function readNow(mirrored: Mirrored, original: Original, { extent, since }: Leased): Promise<void> {
    const isFollowed = extent.link !== null;
    const isLookedAt =
      !isFollowed || !isBelieved(extent, isBackground() ? freshness.columnsForJobs : freshness.columns);
    if (isFollowed && isLookedAt) {
      await (isBackground() ? lookAtAll : look)(mirrored, original);
      await store.prolong(original, leased);
    }
    const delta: DeltaParts = {
      graph,
      store,
      original,
      extent,
      since,
      itemOf: mirrored.itemOf,
      // A list that has lost a column would look as if nobody had ever written there.
      async wholeSeen(seen) {
        if (mirrored.columns.every(name => seen.has(name)) || seen.size === 0) await store.lookedAt(original, now());
        else await look(mirrored, original);
      },
      beforePage: () => store.prolong(original, leased),
    };
    const news = await mirrored.explained(() => readDelta(delta, now()));
    if (news === 0 || !isFollowed) return;
    // What was changed may lack what a column held that is gone.
    if (!isLookedAt && !isBelieved(extent, freshness.columns)) await look(mirrored, original);
    changed(original.community, original.list);
  }

  return async function read(mirrored: Mirrored, original: Original): Promise<void> {
    const before = await store.extent(original);
    // No copy is kept of a community that does not have the app: SharePoint itself is asked.
    if (!before && !(await store.open(original))) return;
    const claimed = await claim(original, before);
    if (!claimed) return;
    try {
      await readNow(mirrored, original, claimed);
    } catch (error) {
      // A list that is gone, or has lost a column, is not what the copy says; and what the app may not read, nobody may.
      if (error instanceof CommunityError && ['not-set-up', 'not-granted'].includes(error.code)) {
        broken(original.community);
        await store.drop(original);
      } else await store.release(original);
      throw error;
    }
  };
}

function isSameMoment(one: Date | null, other: Date | null | undefined): boolean {
  return one?.getTime() === other?.getTime();
}

/** What was done in SharePoint is done, whatever becomes of the copy. */
async function changing<Outcome>(
  {
    store,
    log,
    original,
    broken = () => {},
  }: Pick<MirrorParts, 'store' | 'log' | 'broken'> & {
    readonly original: Original;
  },
  change: () => Promise<Outcome>,
  came: (outcome: Outcome) => Item | { readonly id: string; readonly gone: true } | undefined,
): Promise<Outcome> {
  const since = await store.now();
  let outcome: Outcome;
  try {
    outcome = await change();
  } catch (error) {
    // It may have been made all the same; and one that was refused had been decided from what is no longer so.
    if (error instanceof CommunityError && error.code === 'not-set-up') {
      broken(original.community);
      await store.drop(original);
    } else await store.doubt(original);
    throw error;
  }
  try {
    const said = came(outcome);
    const { isUnsure } = said ? await store.take(original, [said], since) : { isUnsure: true };
    if (isUnsure) await store.doubt(original);
  } catch (error) {
    const { community, list } = original;
    log.warn({ community, list, error: errorText(error) }, 'a change in SharePoint is not in its copy yet');
  }
  return outcome;
}

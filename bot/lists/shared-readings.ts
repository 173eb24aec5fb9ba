import type { Keyed, VersionedList } from './list.ts';
import type { Changes } from './list-changes.ts';

/** How long a reading is given out again while SharePoint's units are scarce, in milliseconds. */
const keptFor = 5000;
/** They are scarce once this part of what a minute has is spent, by whichever community. */
const scarce = 1 / 3;

export interface Readings {
  /** Shares the readings of a list among all calls of the app itself. */
  share<T extends Keyed>(list: VersionedList<T>, where: Where): VersionedList<T>;
  /**
   * Counts the changes made through a list that is read on behalf of a person: what they may see is shared with no
   * other.
   */
  watch<T extends Keyed>(list: VersionedList<T>, where: Where): VersionedList<T>;
}

interface Where {
  readonly community: string;
  readonly list: string;
}

export interface ReadingsParts {
  readonly changes: Changes;
  /** Whether the work that asks may wait: what it waits for is then not shared with people. */
  readonly isBackground: () => boolean;
  /** Which part of SharePoint's units for a minute is spent, from 0 to 1. */
  readonly spent: () => number;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
}

interface Reading {
  readonly version: string;
  readonly at: number;
  readonly answer: Promise<unknown>;
  done: boolean;
}

/**
 * A call that reads what another call is reading already shares that reading, and while SharePoint's units are scarce
 * it is given out for some seconds more. A reading knows the version its list had before it began; after one more
 * change, on whatever server, it is not given out again: a person who saved reads what they saved. Changes by hand in
 * SharePoint have no version of ours, so they may be seen five seconds late, and that only while much is going on.
 */
export function createReadings({
  changes,
  isBackground,
  spent,
  now = () => performance.now(),
}: ReadingsParts): Readings {
  const known = new Map<string, Reading>();

  async function read<Answer>(where: Where, what: readonly unknown[], ask: () => Promise<Answer>): Promise<Answer> {
    const key = JSON.stringify([nameOf(where), isBackground(), ...what]);
    const version = await changes.version(nameOf(where));
    if (version === undefined) return ask();
    const before = known.get(key);
    if (before?.version === version && (!before.done || (now() - before.at < keptFor && spent() >= scarce)))
      return before.answer as Promise<Answer>;

    const reading: Reading = { version, at: now(), answer: ask(), done: false };
    known.set(key, reading);
    const forget = (): void => {
      if (known.get(key) === reading) known.delete(key);
    };
    reading.answer.then(
      () => {
        reading.done = true;
        setTimeout(forget, keptFor).unref();
      },
      // A failure reaches the calls that were waiting for it, and none after them.
      forget,
    );
    return reading.answer as Promise<Answer>;
  }

  /** Counted whatever comes of it: a change whose answer got lost may have been made. */
  async function counted<Outcome>(name: string, change: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await change();
    } finally {
      await changes.add(name);
    }
  }

  function watch<T extends Keyed>(list: VersionedList<T>, where: Where): VersionedList<T> {
    const name = nameOf(where);
    return {
      ...list,
      create: value => counted(name, () => list.create(value)),
      update: (before, value) => counted(name, () => list.update(before, value)),
      remove: before => counted(name, () => list.remove(before)),
    };
  }

  return {
    watch,
    share<T extends Keyed>(list: VersionedList<T>, where: Where): VersionedList<T> {
      return {
        ...watch(list, where),
        find: key => read(where, ['find', key], () => list.find(key)),
        all: values => read(where, ['all', values ?? {}], () => list.all(values)),
        versions: (id, most) => read(where, ['versions', id, most], () => list.versions(id, most)),
      };
    },
  };
}

/** Tells a list from all others, in all communities. */
function nameOf({ community, list }: Where): string {
  return `${community} ${list}`;
}

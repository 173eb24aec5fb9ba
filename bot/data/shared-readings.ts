import type { Keyed, VersionedList } from './list.ts';
import type { Changes } from './list-changes.ts';

/** How long a reading of a busy community is given out again, in milliseconds. */
const keptFor = 5000;

export interface Readings {
  /** Shares the readings of a list among all who ask as the app. */
  share<T extends Keyed>(list: VersionedList<T>, where: Where): VersionedList<T>;
  /** Counts the changes made through a list that somebody reads as themselves: what they may see is shared with nobody. */
  watch<T extends Keyed>(list: VersionedList<T>, where: Pick<Where, 'name'>): VersionedList<T>;
}

export interface Where {
  /** Tells this list from all others, in all communities. */
  readonly name: string;
  /** Whether so much is read there that nobody should read again what was read a moment ago. */
  isBusy(): Promise<boolean>;
}

export interface ReadingsParts {
  readonly changes: Changes;
  /** Whether the work that asks may wait: what it waits for is then not shared with people. */
  readonly isBackground: () => boolean;
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
 * Whoever asks what somebody is asking already shares that reading, and while a community is busy it is given out for some
 * seconds more. A reading knows the version its list had before it began; after one more change, on whatever server, it is
 * given to nobody: whoever saved reads what they saved. Changes by hand in SharePoint have no version of ours, so they may
 * be seen five seconds late, and that only in a busy community.
 */
export function createReadings({ changes, isBackground, now = () => performance.now() }: ReadingsParts): Readings {
  const known = new Map<string, Reading>();

  async function read<Answer>({ name, isBusy }: Where, what: readonly unknown[], ask: () => Promise<Answer>): Promise<Answer> {
    const key = JSON.stringify([name, isBackground(), ...what]);
    const version = await changes.version(name);
    if (version === undefined) return ask();
    const before = known.get(key);
    if (before?.version === version && (!before.done || (now() - before.at < keptFor && (await isBusy())))) return before.answer as Promise<Answer>;

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
      // A failure is told to those who were waiting for it, and to nobody after them.
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

  function watch<T extends Keyed>(list: VersionedList<T>, { name }: Pick<Where, 'name'>): VersionedList<T> {
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

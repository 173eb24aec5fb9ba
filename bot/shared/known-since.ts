import { AsyncLocalStorage } from 'node:async_hooks';

/** How old what somebody is shown may be: as of when its oldest list was read, or `now` for as good as fresh. */
export type KnownSince = Date | 'now';

const noted = new AsyncLocalStorage<{ since: KnownSince | null }>();

/**
 * A list was given out from its copy.
 *
 * @param since when it was read, where SharePoint has not said since what changed; `now` for one that is up to date
 */
export function noteKnownSince(since: KnownSince): void {
  const of = noted.getStore();
  if (!of) return;
  if (of.since === null || of.since === 'now' || (since !== 'now' && since < of.since)) of.since = since;
}

/** @returns what the work gave, and as of when; null where it read no list */
export async function withKnownSince<R>(
  work: () => Promise<R>,
): Promise<{ readonly answer: R; readonly since: KnownSince | null }> {
  const of = { since: null as KnownSince | null };
  const answer = await noted.run(of, work);
  return { answer, since: of.since };
}

import { CommunityError, type ErrorCode } from '../../domain/errors.ts';
import type { Clock, Log, SetAside } from '../ports.ts';
import { errorText } from './error-text.ts';

/** What a row is called in its list, and by people. */
export interface RowName {
  readonly key: string;
  readonly what: string;
}

export interface EachRowParts {
  readonly setAside: Pick<SetAside, 'of' | 'put' | 'takeBack'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/** Codes of PostgreSQL and of the line to it that say nothing of the row: it is restarting, full, or away. */
const databaseAway = /^(08|53|57)|^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/;

function isDatabaseAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return databaseAway.test(String(code ?? '')) || /^Connection terminated/.test(String(message ?? ''));
}

const sentence = 'a row was set aside: it cannot be worked with';

/** What is wrong with more than one row: the work as a whole is tried again. */
const ofAll: readonly ErrorCode[] = [
  'throttled',
  'not-set-up',
  'not-allowed',
  'not-granted',
  'site-unknown',
  'site-locked',
  'site-full',
  'consent-needed',
  'sign-in-needed',
];

/**
 * Does something with every row of a list. One that fails is set aside, by name, for those who coordinate, and the
 * others go on; it is tried again in the next run, and comes back when it works. What Microsoft 365 or
 * the database does not answer is no fault of a row: the others go on, and then the work as a whole fails, to be tried again.
 */
export async function eachRow<Item>(
  { setAside, clock, log }: EachRowParts,
  { community, list }: { readonly community: string; readonly list: string },
  items: readonly Item[],
  name: (item: Item) => RowName,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const worked: string[] = [];
  const unanswered: unknown[] = [];
  for (const item of items) {
    const { key, what } = name(item);
    try {
      await act(item);
      worked.push(key);
    } catch (error) {
      const code = error instanceof CommunityError ? error.code : 'unexpected';
      if (code !== 'unexpected' && ofAll.includes(code)) throw error;
      if (code === 'unavailable' || isDatabaseAway(error)) {
        unanswered.push(error);
        continue;
      }
      const ids = { community, list, key, code, error: errorText(error) };
      log.warn(ids, sentence);
      await setAside.put({ community, list, key, what: what.slice(0, 200), reason: 'failed', since: clock() });
    }
  }
  if (worked.length > 0) {
    const before = (await setAside.of(community))
      .filter(row => row.list === list && row.reason === 'failed')
      .map(({ key }) => key);
    const back = before.filter(key => worked.includes(key));
    if (back.length > 0) await setAside.takeBack(community, list, back);
  }
  if (unanswered.length > 0) throw unanswered[0];
}

/**
 * Does something with each, also when it fails with others. Each failure is logged with what `ids` says of it.
 *
 * @returns the failures, for the work as a whole to fail with once the rest of it is done
 */
export async function eachAlone<Item>(
  log: Pick<Log, 'warn'>,
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
  failed: { readonly ids: (item: Item) => object; readonly said: string },
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      failures.push(error);
      log.warn({ ...failed.ids(item), error: errorText(error) }, failed.said);
    }
  }
  return failures;
}

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
 * others go on; it is tried again in the next run, and comes back when it works. What Microsoft 365 does not
 * answer is no fault of a row: the others go on, and then the work as a whole fails, to be tried again.
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
      if (code === 'unavailable') {
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

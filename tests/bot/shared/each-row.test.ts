import { describe, expect, test } from '@jest/globals';
import { eachRow } from '../../../bot/shared/each-row.ts';
import type { AsideRow, SetAside } from '../../../bot/ports.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { quietLog } from '../../support/feature-parts.ts';

const now = new Date('2026-11-23T09:00:00Z');
const place = { community: 'cedar', list: 'CoP Surveys' };

function memory(): Pick<SetAside, 'of' | 'put' | 'takeBack'> & { readonly rows: Map<string, AsideRow> } {
  const rows = new Map<string, AsideRow>();
  return {
    rows,
    of: async () => [...rows.values()],
    put: async ({ list, key, what, reason, since }) => void rows.set(key, { list, key, what, reason, since }),
    takeBack: async (_community, _list, keys) => keys.forEach(key => rows.delete(key)),
  };
}
function run(
  setAside: ReturnType<typeof memory>,
  faults: Readonly<Record<string, unknown>>,
): { readonly done: string[]; readonly end: Promise<void> } {
  const done: string[] = [];
  const end = eachRow(
    { setAside, clock: () => now, log: quietLog },
    place,
    ['one', 'two', 'three'],
    key => ({ key, what: `The ${key}` }),
    async key => {
      if (faults[key]) throw faults[key];
      done.push(key);
    },
  );
  return { done, end };
}

describe('a row that fails', () => {
  test.each([
    { fault: new TypeError('no day'), reason: 'a fault of ours' },
    { fault: new CommunityError('invalid', 'refused'), reason: 'refused by a list' },
    { fault: new CommunityError('not-found', 'gone'), reason: 'gone' },
  ])('is set aside by name, and the others go on: $reason', async ({ fault }) => {
    const setAside = memory();

    const { done, end } = run(setAside, { two: fault });
    await end;

    expect(done).toEqual(['one', 'three']);
    expect([...setAside.rows.values()]).toEqual([
      { list: 'CoP Surveys', key: 'two', what: 'The two', reason: 'failed', since: now },
    ]);
  });

  test('comes back as soon as it works, and no other with it', async () => {
    const setAside = memory();
    await run(setAside, { one: new Error('x'), two: new Error('x') }).end;

    await run(setAside, { one: new Error('x') }).end;

    expect([...setAside.rows.keys()]).toEqual(['one']);
  });
});

describe('what is wrong with all of them', () => {
  test.each(['throttled', 'not-set-up', 'not-allowed', 'consent-needed'] as const)(
    '%s fails the work at once, and sets nothing aside',
    async code => {
      const setAside = memory();

      const { done, end } = run(setAside, { two: new CommunityError(code, 'x') });

      await expect(end).rejects.toMatchObject({ code });
      expect([done, setAside.rows.size]).toEqual([['one'], 0]);
    },
  );

  test.each([
    { fault: new CommunityError('unavailable', 'x'), reason: 'Microsoft 365' },
    { fault: Object.assign(new Error('x'), { code: '57P01' }), reason: 'a database that restarts' },
    { fault: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), reason: 'a database that is away' },
    { fault: new Error('Connection terminated unexpectedly'), reason: 'a database that broke off' },
  ])('no answer of $reason fails the work once the others are done', async ({ fault }) => {
    const setAside = memory();

    const { done, end } = run(setAside, { one: fault });

    await expect(end).rejects.toBe(fault);
    expect([done, setAside.rows.size]).toEqual([['two', 'three'], 0]);
  });
});

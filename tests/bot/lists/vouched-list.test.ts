import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createVouchedList } from '../../../bot/lists/vouched-list.ts';
import { createVouches } from '../../../bot/lists/vouches.ts';
import type { VouchedList } from '../../../bot/lists/list.ts';
import { definitions, type RoleRow } from '../../../bot/lists/model.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { knownCommunity } from '../../support/known-community.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';

let over: ListsOverHttp;
let opened: OpenedEngine;
let roles: VouchedList<RoleRow>;
beforeAll(async () => {
  over = await startListsOverHttp();
  await over.provision(over.team);
  opened = await createEngines().open('the embedded database');
  await knownCommunity(opened.database.db, over.team);
});
afterAll(async () => {
  await opened.close();
  await over.stop();
});
beforeEach(async () => {
  await opened.database.db.deleteFrom('vouched').execute();
  for (const row of await over.lists.of(over.team).roles.all()) await over.lists.of(over.team).roles.remove(row);
  roles = vouched();
});

/** As each server has it. */
function vouched(): VouchedList<RoleRow> {
  return createVouchedList(
    over.lists.of(over.team).roles,
    createVouches({ db: opened.database.db, community: over.team, list: 'roles', definition: definitions.roles }),
  );
}
/** The list without anybody who remembers what it wrote: members write through SharePoint. */
const byMember = () => over.lists.of(over.team).roles;
const row: RoleRow = {
  key: 'sponsor/ann/2026-11-20',
  role: 'sponsor',
  person: { id: 'ann', name: 'Ann', mail: null },
  since: '2026-11-20',
  until: null,
  note: 'Two\nlines ',
  state: 'accepted',
  changedBy: { id: 'priya', name: 'Priya' },
  changedAt: '2026-11-20T10:00:00.123Z',
};
const mine = { ...row, person: { id: 'daniel', name: 'Daniel', mail: null } };
const marks = async () => (await roles.all()).map(({ value, byHand = false }) => [value.person.id, byHand]);

describe('a row is by hand', () => {
  test('not when the product wrote it, created or changed it', async () => {
    const created = await roles.create(row);
    expect(await marks()).toEqual([['ann', false]]);

    await roles.update(created.row, { ...row, note: 'changed' });
    expect([await marks(), (await roles.find(row.key))?.byHand]).toEqual([[['ann', false]], undefined]);
  });

  test('when a member created it, or changed one of the product’s', async () => {
    await byMember().create(mine);
    expect(await marks()).toEqual([['daniel', true]]);

    const other = (await roles.create({ ...row, key: 'sponsor/ann/2026-11-21' })).row;
    await byMember().update(other, { ...mine, key: other.value.key });
    expect(await marks()).toEqual([
      ['daniel', true],
      ['daniel', true],
    ]);
  });

  test('when a member brings back what the product has changed since', async () => {
    const { row: first } = await roles.create(row);
    const ended = await roles.update(first, { ...row, state: 'ended', until: '2026-11-22' });

    await byMember().update(ended, row);

    expect(await marks()).toEqual([['ann', true]]);
  });

  test('when a member makes a row anew that the product has deleted', async () => {
    await roles.remove((await roles.create(row)).row);

    await byMember().create(row);

    expect(await marks()).toEqual([['ann', true]]);
  });

  test('when it takes the place of one that the product wanted to create', async () => {
    await byMember().create(mine);

    const { created, row: twin } = await roles.create(row);

    expect([created, twin.byHand]).toEqual([false, true]);
  });
});

test('what was written by a server that was stopped at once is the product’s', async () => {
  const failing = createVouchedList(over.lists.of(over.team).roles, {
    ...createVouches<RoleRow>({
      db: opened.database.db,
      community: over.team,
      list: 'roles',
      definition: definitions.roles,
    }),
    vouch: () => Promise.reject(new Error('killed')),
  });

  await expect(failing.create(row)).rejects.toThrow('killed');

  expect(await marks()).toEqual([['ann', false]]);
});

test('a refused change vouches for nothing', async () => {
  const { row: first } = await roles.create(row);
  await roles.update(first, { ...row, note: 'second' });

  await expect(roles.update(first, mine)).rejects.toMatchObject({ code: 'version-conflict' });
  await byMember().update((await roles.find(row.key))!, mine);

  expect(await marks()).toEqual([['daniel', true]]);
});

test('confirmed by a coordinator it is as good as the product’s, until somebody changes it again', async () => {
  await byMember().create(mine);
  await roles.confirm((await roles.find(mine.key))!);
  expect(await marks()).toEqual([['daniel', false]]);

  await byMember().update((await roles.find(mine.key))!, { ...mine, role: 'coordinator' });
  expect(await marks()).toEqual([['daniel', true]]);
});

test('put back it says what the product wrote last; what the product never wrote is deleted', async () => {
  const { row: first } = await roles.create(row);
  const second = await roles.update(first, { ...row, note: 'second' });
  await byMember().update(second, mine);
  await byMember().create({ ...mine, key: 'sponsor/daniel/2026-11-20' });

  for (const one of await roles.all()) await roles.putBack(one);

  expect((await roles.all()).map(({ value, byHand }) => [value.person.id, value.note, byHand])).toEqual([
    ['ann', 'second', undefined],
  ]);
});

test('two servers that change one after the other undo each other’s memory never', async () => {
  const { row: first } = await roles.create(row);
  const [one, two] = [vouched(), vouched()];

  const second = await one.update(first, { ...row, note: 'by one' });
  await two.update(second, { ...row, note: 'by two' });
  // The first server is late with what it knows.
  await createVouches<RoleRow>({
    db: opened.database.db,
    community: over.team,
    list: 'roles',
    definition: definitions.roles,
  }).vouch(second);

  expect(await marks()).toEqual([['ann', false]]);
});

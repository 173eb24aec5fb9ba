import { expect, test } from '@jest/globals';
import type { CharterRow } from '../../../bot/lists/model.ts';
import { saveVersion } from '../../../bot/lists/conditional-save.ts';
import { person } from '../../support/feature-parts.ts';
import { createInMemoryLists } from '../../support/in-memory-lists.ts';

test('the first version is created, and the next one saved with its ETag', async () => {
  const list = createInMemoryLists().of('c1').charter;

  const first = await saveVersion(list, purpose('One'), null, never);
  const second = await saveVersion(list, purpose('Two'), (await list.find('purpose'))?.etag ?? '', never);

  expect([first.kind, second.kind]).toEqual(['saved', 'saved']);
  expect((await list.find('purpose'))?.value.text).toBe('Two');
});

test.each([
  ['an ETag of an older version', '"old"'],
  ['"there is none yet", when there is one', null],
])('refused: %s', async (_reason, ifMatch) => {
  const list = createInMemoryLists().of('c1').charter;
  const { row } = await list.create(purpose('One'));

  const refused = await saveVersion(list, purpose('Two'), ifMatch, never);

  expect(refused).toEqual({ kind: 'conflict', current: row });
});

test('refused: an ETag of a row that is gone', async () => {
  const refused = await saveVersion(createInMemoryLists().of('c1').charter, purpose('Two'), '"old"', never);

  expect(refused).toEqual({ kind: 'conflict', current: undefined });
});

test('somebody who comes between the look and the save wins', async () => {
  const lists = createInMemoryLists();
  const list = lists.of('c1').charter;
  const { row } = await list.create(purpose('One'));
  lists.beforeNext('update', 'charter', () => list.update(row, purpose('Theirs')));

  const refused = await saveVersion(list, purpose('Mine'), row.etag, never);

  expect(refused).toEqual({ kind: 'conflict', current: await list.find('purpose') });
  expect((await list.find('purpose'))?.value.text).toBe('Theirs');
});

test('two who write the first version: the second is refused', async () => {
  const lists = createInMemoryLists();
  const list = lists.of('c1').charter;
  lists.beforeNext('create', 'charter', () => list.create(purpose('Theirs')));

  const refused = await saveVersion(list, purpose('Mine'), null, never);

  expect(refused).toEqual({ kind: 'conflict', current: await list.find('purpose') });
});

test('a save repeated after its answer got lost is a success, and changes nothing', async () => {
  const lists = createInMemoryLists();
  const list = lists.of('c1').charter;
  const { row } = await list.create(purpose('One'));

  const repeated = await saveVersion(list, purpose('One'), null, stored => stored.text === 'One');

  expect(repeated).toEqual({ kind: 'saved', row });
  expect(lists.writes).toHaveLength(1);
});

function never(): boolean {
  return false;
}

function purpose(text: string): CharterRow {
  return {
    key: 'purpose',
    section: 'purpose',
    text,
    reviewOn: null,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-22T10:00:00Z',
  };
}

import { expect, test } from '@jest/globals';
import {
  added,
  byUse,
  checked,
  dueForCheck,
  found,
  mayEdit,
  NewResource,
  reworded,
  saysTheSame,
  usesIn,
  type ResourceState,
} from '../../../domain/library/resource.ts';
import { community, member } from '../../support/feature-parts.ts';

const gwen = { id: 'gwen', name: 'Gwen Pritchard' };
const amara = { id: 'amara', name: 'Amara Okafor' };
const by = (person: typeof gwen, today: string) => ({ by: person, now: new Date(`${today}T09:00:00Z`), today });

const template: NewResource = {
  title: 'Template for SPC charts',
  url: 'https://example.org/spc',
  when: 'helps when a board asks whether it got better',
  topics: ['SPC'],
};
const onShelf = added(template, null, by(amara, '2026-11-23'));

test('what is new is looked at within a month, and then every year', () => {
  expect(onShelf).toMatchObject({ state: 'new', checkOn: '2026-12-23', checkedBy: null });

  const right = checked(onShelf, 'right', by(gwen, '2026-12-23'));
  expect(right).toMatchObject({
    state: 'checked',
    checkOn: '2027-12-23',
    checkedBy: gwen,
    checkedAt: '2026-12-23T09:00:00.000Z',
    addedBy: amara,
  });
  expect(checked(right, 'right', by(gwen, '2026-12-23'))).toBe(right);
  expect(checked(right, 'right', by(gwen, '2026-12-24'))).toMatchObject({ checkOn: '2027-12-24' });
});

test('what is out of date stays, is not asked about, and can be right again', () => {
  const outdated = checked(onShelf, 'outdated', by(gwen, '2026-12-23'));

  expect(outdated).toMatchObject({ state: 'outdated', checkOn: null });
  expect(dueForCheck([outdated], '2030-01-01')).toEqual([]);
  expect(checked(outdated, 'right', by(amara, '2027-01-01'))).toMatchObject({ state: 'checked', checkedBy: amara });
});

test('the longest overdue is looked at first', () => {
  const one = (title: string, checkOn: string | null) => ({ ...onShelf, title, checkOn });
  const all = [
    one('b', '2026-11-01'),
    one('late', '2026-12-24'),
    one('a', '2026-11-01'),
    one('never', null),
    one('old', '2026-01-01'),
  ];

  expect(dueForCheck(all, '2026-12-23').map(({ title }) => title)).toEqual(['old', 'a', 'b']);
});

test.each([
  ['spc', ['Template', 'Notes'], 'in the title first, wherever it is'],
  ['SPC board', ['Template'], 'all of its words'],
  ['nothing like it', [], 'nothing'],
  ['', ['Old', 'Template', 'Notes', 'Outdated'], 'all, by use'],
])('who searches for %j finds %j (%s)', (words, expected) => {
  const one = (title: string, when: string, uses: number, state: ResourceState = 'checked') => ({
    ...onShelf,
    ...{ title, when, topics: title === 'Template' ? ['SPC'] : [], uses, state },
  });
  const all = [
    one('Notes', 'of the talk on SPC', 1),
    one('Template', 'when a board asks', 1),
    one('Old', 'for newcomers', 8),
    one('Outdated', 'never', 9, 'outdated'),
  ];

  expect(
    found(all, words)
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual([...expected].toSorted());
  expect(found(all, words)[0]?.title).toBe(expected[0]);
});

test('of two that are opened as often the newer one comes first', () => {
  const one = (addedAt: string) => ({ ...onShelf, uses: 2, addedAt });

  expect([one('2026-01-01'), one('2026-02-01')].toSorted(byUse).map(({ addedAt }) => addedAt)).toEqual([
    '2026-02-01',
    '2026-01-01',
  ]);
});

test('what was opened in the last twelve months counts', () => {
  const rows = [
    { item: 'a', month: '2025-11', count: 100 },
    { item: 'a', month: '2025-12', count: 2 },
    { item: 'a', month: '2026-11', count: 3 },
    { item: 'b', month: '2026-11', count: 1 },
  ];

  expect([...usesIn(rows, '2026-11-28')]).toEqual([
    ['a', 5],
    ['b', 1],
  ]);
});

test('whoever added it may change it, and who looks after the library', () => {
  const here = community({ acceptances: [{ role: 'information-resources', person: member('Gwen Pritchard').id }] });
  const mine = { addedBy: member('Amara Okafor') };

  expect(
    ['Amara Okafor', 'Gwen Pritchard', 'Priya Raman', 'Daniel Fitzgerald'].map(name =>
      mayEdit(mine, member(name), here),
    ),
  ).toEqual([true, true, true, false]);
});

test('other words are those of whoever wrote them, about the same address', () => {
  const next = reworded(onShelf, { ...template, when: 'for every board' }, by(gwen, '2026-12-01'));

  expect(next).toMatchObject({ url: template.url, when: 'for every board', addedBy: amara, changedBy: gwen });
  expect(saysTheSame(next, onShelf)).toBe(false);
  expect(saysTheSame({ ...onShelf, topics: ['SPC'] }, onShelf)).toBe(true);
});

test.each([
  [{ ...template, when: '  ' }, 'nobody says when it helps'],
  [{ ...template, title: '' }, 'it has no name'],
  [{ ...template, url: 'javascript:alert(1)' }, 'it leads nowhere'],
])('is refused: %j (%s)', resource => {
  expect(NewResource.safeParse(resource).success).toBe(false);
});

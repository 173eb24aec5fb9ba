import { beforeEach, describe, expect, test } from '@jest/globals';
import { person } from '../../../support/feature-parts.ts';
import { failureOf } from '../../../support/requests.ts';
import { amara, daniel, gwen, here, priya, scene, template, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

test('everybody adds something; the same address is one', async () => {
  const first = await now.adds();
  const again = await now.adds(
    { url: 'https://www.example.org/spc/?utm_source=mail', title: 'Something else' },
    daniel,
  );

  expect(first).toMatchObject({
    added: true,
    resource: { ...template, state: 'new', addedBy: person('Amara Okafor') },
  });
  expect(again).toMatchObject({ added: false, resource: { id: first.resource.id, title: template.title } });
  expect((await now.sees()).resources).toHaveLength(1);
});

describe('checking', () => {
  test('by whoever added it, and by those who look after the library', async () => {
    const { resource } = await now.adds();

    expect(await failureOf(now.checks(daniel, 'right', resource.id))).toMatchObject({ code: 'not-allowed' });
    expect(await now.checks(priya, 'right', resource.id)).toMatchObject({
      state: 'checked',
      checked: { by: person('Priya Raman') },
      due: false,
    });
    expect(await now.checks(amara, 'outdated', resource.id)).toMatchObject({ state: 'outdated' });
  });

  test('what is new is due after a month, and what is right after a year', async () => {
    const { resource } = await now.adds();
    now.clock.moveTo('2026-12-23T09:00:00Z');
    expect((await now.sees()).resources).toMatchObject([{ due: true }]);

    await now.checks(amara, 'right', resource.id);
    now.clock.moveTo('2027-12-22T09:00:00Z');
    expect((await now.sees()).resources).toMatchObject([{ due: false }]);
  });
});

test('other words need the newest version, and keep the address', async () => {
  const { resource } = await now.adds();
  const words = { title: 'SPC template', when: 'For every board', topics: ['SPC', 'spc', 'boards'] };
  const save = async (who = amara, body: object = words) =>
    now.asked('saveResource', { who, resource: resource.id, body, ifMatch: resource.etag });

  expect(await failureOf(save(daniel))).toMatchObject({ code: 'not-allowed' });
  expect(await save()).toMatchObject({ title: 'SPC template', url: template.url, topics: ['SPC', 'boards'] });
  expect(await save()).toMatchObject({ title: 'SPC template' });
  expect(await failureOf(save(amara, { ...words, title: 'Another' }))).toMatchObject({
    code: 'version-conflict',
    details: { current: { title: 'SPC template' } },
  });
});

test('what is opened most comes first, and nobody is named for it', async () => {
  const { resource } = await now.adds();
  await now.adds({ url: 'https://example.org/other', title: 'Other' });
  await now.asked('useResource', { who: daniel, resource: resource.id });
  await now.asked('useResource', { who: gwen, resource: resource.id });

  expect((await now.sees()).resources.map(({ title, uses }) => [title, uses])).toEqual([
    [template.title, 2],
    ['Other', 0],
  ]);
  expect((await now.lists.of(here.id).uses.all()).map(({ value }) => value)).toEqual([
    { key: `${resource.id}/2026-11`, item: resource.id, month: '2026-11', count: 2 },
  ]);
});

test('taken out it is gone with its count, and may be repeated', async () => {
  const { resource } = await now.adds();
  await now.asked('useResource', { who: daniel, resource: resource.id });
  const remove = async (who = amara) =>
    now.asked('removeResource', { who, resource: resource.id, ifMatch: resource.etag });

  expect(await failureOf(remove(daniel))).toMatchObject({ code: 'not-allowed' });
  await remove();
  await remove();
  expect((await now.sees()).resources).toEqual([]);
  expect(await now.lists.of(here.id).uses.all()).toEqual([]);
});

test('what somebody wrote into SharePoint was checked by nobody, and an odd address is none', async () => {
  const { resource } = await now.adds();
  const row = (await now.lists.of(here.id).library.find(resource.id))!.value;
  await now.lists.byHand(here.id, 'library', {
    ...row,
    url: 'javascript:alert(1)',
    state: 'checked',
    checkedBy: person('Gwen Pritchard'),
    checkedAt: '2026-11-20T09:00:00Z',
  });

  expect((await now.sees()).resources).toMatchObject([
    { url: null, state: 'new', checked: null, addedBy: null, mayEdit: false },
  ]);
});

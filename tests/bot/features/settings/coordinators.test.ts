import { beforeEach, expect, test } from '@jest/globals';
import { changeCoordinators, settings as settingsFeature } from '../../../../bot/features/settings/index.ts';
import { community, person, settings } from '../../../support/feature-parts.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { failureOf } from '../../../support/requests.ts';

const here = community();
const ann = person('Ann Okafor');
let lists: InMemoryLists;
let change: ReturnType<typeof changeCoordinators>;

beforeEach(async () => {
  ({ lists } = sceneOf(
    parts => {
      change = changeCoordinators(parts);
      return settingsFeature(parts);
    },
    { communities: [here] },
  ));
  await lists.of(here.id).settings.create({ key: 'settings', settings: here.settings });
});

test('saves on behalf of the person, gives SharePoint a copy, and returns the community as it is then', async () => {
  const after = await change({ community: here, onBehalfOf: 'token of priya' }, coordinators => [...coordinators, ann]);

  expect(after.settings).toEqual(settings({ coordinators: [person('Priya Raman'), ann] }));
  expect(await settingsIn(lists, here.id)).toEqual(after.settings);
  expect(lists.writes.slice(1)).toEqual([
    { community: here.id, list: 'settings', operation: 'update', key: 'settings', onBehalfOf: 'token of priya' },
    { community: here.id, list: 'settingsCopy', operation: 'create', key: 'settings', onBehalfOf: 'token of priya' },
  ]);
});

test('decides on what is stored, not on what was read a moment before', async () => {
  const [row] = await lists.of(here.id).settings.all();
  await lists.of(here.id).settings.update(row!, {
    key: 'settings',
    settings: settings({ timeZone: 'Asia/Tokyo', coordinators: [person('Tomasz Nowak')] }),
  });

  const after = await change({ community: here, onBehalfOf: null }, coordinators => [...coordinators, ann]);

  expect(after.settings).toEqual(settings({ timeZone: 'Asia/Tokyo', coordinators: [person('Tomasz Nowak'), ann] }));
});

test('a change that changes nobody writes nothing', async () => {
  await change({ community: here, onBehalfOf: null }, coordinators => coordinators);

  expect(lists.writes.filter(({ list }) => list === 'settings')).toHaveLength(1);
});

test('more than twenty are refused', async () => {
  const failure = await failureOf(
    change({ community: here, onBehalfOf: null }, () =>
      Array.from({ length: 21 }, (_, index) => person(`Person ${index}`)),
    ),
  );

  expect(failure.code).toBe('invalid');
});

import { expect, test } from '@jest/globals';
import {
  administrationParts,
  readAdministrationPart,
  readPlace,
  readTarget,
  writeTarget,
} from '../../../tabs/lib/place.ts';

test.each([
  {
    reason: 'the tab of a community',
    search: '?community=g-1',
    place: { frame: 'tab', community: 'g-1', opensOn: null },
  },
  {
    reason: 'a host that did not fill in the placeholder',
    search: '?community={groupId}',
    place: { frame: 'tab', community: null, opensOn: null },
  },
  { reason: 'nothing said', search: '', place: { frame: 'tab', community: null, opensOn: null } },
  {
    reason: 'the configuration page',
    search: '?frame=config',
    place: { frame: 'config', community: null, opensOn: null },
  },
  {
    reason: 'the start of the pop-up',
    search: '?frame=consent',
    place: { frame: 'consent', community: null, opensOn: null },
  },
  {
    reason: 'the end of the pop-up',
    search: '?frame=consent-end&error=x',
    place: { frame: 'consent-end', community: null, opensOn: null },
  },
  {
    reason: 'a frame of another version',
    search: '?frame=later&community=g-1',
    place: { frame: 'tab', community: 'g-1', opensOn: null },
  },
  {
    reason: 'the personal tab of a package',
    search: '?frame=personal&package=1.2.3',
    place: { frame: 'personal', community: null, opensOn: null, packageVersion: '1.2.3' },
  },
  {
    reason: 'a package whose version is none',
    search: '?frame=personal&package=${{VERSION}}',
    place: { frame: 'personal', community: null, opensOn: null },
  },
])('the address says what was opened: $reason', ({ search, place }) => {
  expect(readPlace(search)).toEqual({ packageVersion: null, ...place });
});

test.each([
  { reason: 'no deep link', subPageId: undefined, target: { screen: 'overview', section: null } },
  { reason: 'a screen', subPageId: 'settings', target: { screen: 'settings', section: null } },
  { reason: 'the roles', subPageId: 'roles', target: { screen: 'roles', section: null } },
  { reason: 'the messages', subPageId: 'delivery', target: { screen: 'delivery', section: null } },
  { reason: 'the newcomers', subPageId: 'welcome', target: { screen: 'welcome', section: null } },
  {
    reason: 'a section of the charter',
    subPageId: 'charter/ways-of-working',
    target: { screen: 'charter', section: 'ways-of-working' },
  },
  { reason: 'the plan', subPageId: 'plan', target: { screen: 'plan', section: null } },
  {
    reason: 'an action of the plan',
    subPageId: 'plan/book-a-room',
    target: { screen: 'plan', section: null, item: 'book-a-room' },
  },
  { reason: 'no action', subPageId: 'plan/', target: { screen: 'plan', section: null } },
  { reason: 'the surveys', subPageId: 'surveys', target: { screen: 'surveys', section: null } },
  { reason: 'the digest', subPageId: 'digest', target: { screen: 'digest', section: null } },
  {
    reason: 'a section that does not exist',
    subPageId: 'charter/treasure',
    target: { screen: 'charter', section: null },
  },
  {
    reason: 'a section of something without sections',
    subPageId: 'settings/purpose',
    target: { screen: 'settings', section: null },
  },
  { reason: 'a screen of another version', subPageId: 'stories/7', target: { screen: 'overview', section: null } },
])('a deep link leads somewhere: $reason', ({ subPageId, target }) => {
  expect(readTarget(subPageId)).toEqual(target);
});

test.each([
  { screen: 'welcome', section: null },
  { screen: 'charter', section: 'risks' },
  { screen: 'plan', section: null, item: 'book-a-room' },
] as const)('a link we share leads back to where it was made: $screen $section', target => {
  expect(readTarget(writeTarget(target))).toEqual(target);
});

test.each([...administrationParts.map(part => [part, part]), ['', 'overview'], ['later', 'overview']])(
  'a link to the page of administrators leads somewhere: %j',
  (subPage, part) => {
    expect(readAdministrationPart(subPage)).toBe(part);
  },
);

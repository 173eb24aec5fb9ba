import { expect, test } from '@jest/globals';
import { whatIsNew } from '../../../tabs/lib/tell-where.ts';

const tab = { channel: '19:a@thread.tacv2', entity: 'community', subPage: null };
const known = { tab: null, teamsApp: null, may: { 'settings.edit': true } };
const here = { channel: { id: tab.channel, isStandard: true }, entityId: 'community', appId: 'app-1' };
const silent = { teamsAppId: null };

test.each([
  ['a tab that nobody knew, of an app that nobody knew', known, here, silent, { tab, app: 'app-1' }],
  ['nothing, where all is known', { ...known, tab, teamsApp: 'app-1' }, here, silent, null],
  ['another app', { ...known, tab, teamsApp: 'app-0' }, here, silent, { app: 'app-1' }],
  ['no app, where the administrator has said it', known, here, { teamsAppId: 'said' }, { tab }],
  ['nothing of a person who would not be believed', { ...known, may: {} }, here, silent, null],
  [
    'no tab in a channel that not everybody is in',
    known,
    { ...here, channel: { id: '19:b@thread.tacv2', isStandard: false } },
    silent,
    { app: 'app-1' },
  ],
  ['no tab, from the personal one', known, { ...here, channel: null }, silent, { app: 'app-1' }],
  ['nothing, from a host that names no app', { ...known, tab }, { ...here, appId: null }, silent, null],
] as const)('a tab tells the server %s', (_what, community, context, config, expected) => {
  expect(whatIsNew(community as never, context, config)).toEqual(expected);
});

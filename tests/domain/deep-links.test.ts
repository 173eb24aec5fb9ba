import { describe, expect, test } from '@jest/globals';
import {
  ChannelTab,
  personalSubPage,
  readPersonalSubPage,
  writeChatLink,
  writeDeepLink,
} from '../../domain/deep-links.ts';

const teams = 'https://teams.microsoft.com';
const place = { app: 'app-1', entity: 'community', subPage: 'g-1/charter/aims' };

test('a link into a chat has the published form, whatever the name is', () => {
  expect(writeChatLink(teams, 'ann+x@example.org')).toBe(
    'https://teams.microsoft.com/l/chat/0/0?users=ann%2Bx%40example.org',
  );
});

describe('a link into a tab', () => {
  test('has the published form', () => {
    const link = writeDeepLink(teams, { ...place, channel: '19:x@thread.tacv2' });

    expect(decodeURIComponent(link)).toBe(
      'https://teams.microsoft.com/l/entity/app-1/community?context={"subEntityId":"g-1/charter/aims","channelId":"19:x@thread.tacv2"}',
    );
  });

  test('stays far below what Windows cuts, also with long ids', () => {
    const link = writeDeepLink(teams, {
      app: 'a'.repeat(36),
      entity: 'community',
      subPage: personalSubPage('g'.repeat(36), 'charter/ways-of-working'),
      channel: `19:${'c'.repeat(60)}@thread.tacv2`,
      webUrl: `https://${'h'.repeat(200)}/tabs/?community=${'g'.repeat(36)}`,
    });

    expect(link.length).toBeLessThan(1000);
  });
});

test.each([
  ['g-1/plan', { community: 'g-1', subPage: 'plan' }],
  ['g-1/charter/aims', { community: 'g-1', subPage: 'charter/aims' }],
  ['g-1', { community: 'g-1', subPage: '' }],
  ['', { community: '', subPage: '' }],
])('in the personal tab %j is a place of a community', (subPage, expected) => {
  expect(readPersonalSubPage(subPage)).toEqual(expected);
});

test.each([
  ['a channel of today', '19:5d2c8e71@thread.tacv2', true],
  ['an old channel', '19:5d2c8e71@thread.skype', true],
  ['a chat with a person', 'a:1abc', false],
  ['something to follow', '19:x/../../../', false],
  ['nothing', '', false],
])('the tab of a channel is in %s', (_what, channel, fits) => {
  expect(ChannelTab.safeParse({ channel, entity: 'community', subPage: null }).success).toBe(fits);
});

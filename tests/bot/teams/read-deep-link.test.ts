import { describe, expect, test } from '@jest/globals';
import { readDeepLink } from '../../../bot/teams/read-deep-link.ts';
import { writeDeepLink } from '../../../domain/deep-links.ts';

const teams = 'https://teams.microsoft.com';
const place = { app: 'app-1', entity: 'community', subPage: 'g-1/charter/aims' };

describe('a link into a tab', () => {
  test.each([
    ['the personal tab', place],
    ['with an address outside Teams', { ...place, webUrl: 'https://cop.example.org/tabs/?community=g-1&a=b' }],
    ['the tab of a channel', { ...place, entity: 'community-g 1', channel: '19:a+b@thread.tacv2', subPage: 'plan' }],
  ])('is read back as it was written: %s', (_what, one) => {
    expect(readDeepLink(teams, writeDeepLink(teams, one))).toEqual(one);
  });

  test.each([
    ['of another cloud', 'https://gov.teams.microsoft.us/l/entity/a/b?context=%7B%22subEntityId%22%3A%22x%22%7D'],
    ['to a message', 'https://teams.microsoft.com/l/message/19:x/1'],
    ['without a context', 'https://teams.microsoft.com/l/entity/a/b'],
    ['with a context that is no JSON', 'https://teams.microsoft.com/l/entity/a/b?context=plan'],
    ['that only begins like one', 'https://teams.microsoft.com/l/entity/'],
  ])('is none: %s', (_what, link) => {
    expect(readDeepLink(teams, link)).toBeNull();
  });
});

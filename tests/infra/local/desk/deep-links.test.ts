import { describe, expect, test } from '@jest/globals';
import { openLink } from '../../../../infra/local/desk/deep-links.ts';
import { tenant } from '../../../../infra/local/directory.ts';
import { fact } from '../fact.ts';
import { ana, deskState, gardeners, general, secret } from './desk-state.ts';

function link(choices: { app?: string; entity?: string; context?: object; label?: string } = {}): string {
  const {
    app = tenant.catalogueAppId,
    entity = 'community',
    context = { subEntityId: 'g-1/plan' },
    label = '',
  } = choices;
  const query = new URLSearchParams({ label, context: JSON.stringify(context) });
  return `https://teams.microsoft.com/l/entity/${app}/${encodeURIComponent(entity)}?${query}`;
}
const open = (url: string, state = deskState()) => openLink(url, state, ana.id);
const toTab = { entity: 'community-g-1', context: { subEntityId: 'plan', channelId: general.id } };

fact('tabs/link-names-the-catalogue-id', () => {
  expect(open(link()).opens).toBe('personal tab');
  expect(open(link({ app: tenant.appId }))).toMatchObject({
    opens: 'nothing',
    why: expect.stringContaining('catalogue'),
  });
});

fact('tabs/personal-link-has-no-channel', () => {
  expect(open(link({ context: { subEntityId: 'g-1/plan', channelId: general.id } })).opens).toBe('nothing');
});

fact('tabs/channel-link-names-its-channel', () => {
  expect(open(link(toTab))).toMatchObject({ opens: 'channel tab', team: gardeners, channel: general });
  expect(open(link({ ...toTab, context: { subEntityId: 'plan' } })).opens).toBe('nothing');
  expect(open(link({ ...toTab, context: { ...toTab.context, channelId: secret.id } })).opens).toBe('nothing');
});

fact('tabs/entity-id-is-exact', () => {
  for (const entity of ['community', 'Community-g-1', 'community-g-2'])
    expect(open(link({ ...toTab, entity })).opens).toBe('nothing');
  expect(open(link({ entity: 'communities' })).opens).toBe('nothing');
});

fact('tabs/sub-page-comes-back', () => {
  expect(open(link())).toMatchObject({ subPage: 'g-1/plan' });
  expect(open(link(toTab))).toMatchObject({ subPage: 'plan' });
  expect(open(link({ context: {} }))).toMatchObject({ opens: 'personal tab', subPage: null });
});

fact('tabs/long-links-are-cut', () => {
  const short = link();

  expect(open(link({ label: 'x'.repeat(1900 - short.length) })).opens).toBe('personal tab');
  expect(open(link({ label: 'x'.repeat(1901 - short.length) })).opens).toBe('nothing');
});

describe('a link that Teams does not follow', () => {
  test('into a channel that the person is not in', () => {
    const state = deskState({ conversations: [] });

    expect(open(link(toTab), state)).toMatchObject({ opens: 'nothing', why: expect.stringContaining(general.id) });
  });

  test('with a context that is no JSON', () => {
    expect(open(`${link().split('context=')[0]}context=plan`)).toMatchObject({ opens: 'nothing' });
  });

  test.each([
    ['a page', 'https://example.org/l/entity/a/b'],
    ['a message in Teams', 'https://teams.microsoft.com/l/message/19:x/1'],
    ['plain http', link().replace('https', 'http')],
    ['a name that only looks like Teams', link().replace('teams.microsoft.com', 'evilteams.microsoft.com')],
    ['no address', 'plan'],
  ])('is left to the browser: %s', (_what, url) => {
    expect(open(url)).toEqual({ opens: 'elsewhere' });
  });
});

import { describe, expect, test } from '@jest/globals';
import { storeFaults } from '../../../infra/package/store-rules.ts';

const help = { title: 'help', description: 'What I can do' };
const listed = {
  name: { short: 'CoP Companion', full: 'CoP Companion for communities of practice' },
  description: { short: 'Keeps a community going.', full: 'Works within Microsoft Teams. Help: https://example.org' },
  developer: {
    name: 'Example Hospital',
    websiteUrl: 'https://example.org',
    privacyUrl: 'https://example.org/privacy',
    termsOfUseUrl: 'https://example.org/terms',
  },
  validDomains: ['cop.example.org'],
  bots: [{ scopes: ['team', 'personal'], commandLists: [{ scopes: ['team', 'personal'], commands: [help] }] }],
  webApplicationInfo: { resource: 'api://cop.example.org/11111111-2222-3333-4444-555555555555' },
};
const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
const full = (text: string) => ({ description: { ...listed.description, full: `${text} https://example.org` } });
const short = (text: string) => ({ description: { ...listed.description, short: text } });
const commands = (...list: readonly object[]) => ({
  bots: [{ scopes: ['team', 'personal'], commandLists: [{ scopes: ['team', 'personal'], commands: list }] }],
});

test('a good listing has no faults', () => {
  expect(storeFaults(listed)).toEqual([]);
});

test.each([
  [{ name: { short: 'Community Chat', full: 'Community Chat' } }, 'name has "Chat", which is Microsoft\'s'],
  [{ name: { short: 'CoP', full: 'CoP with SharePoint lists' } }, 'name has "SharePoint", which is Microsoft\'s'],
  [{ name: { short: 'CoP Teams', full: 'CoP' } }, 'name has "Teams", which is Microsoft\'s'],
  [short('CoP Companion keeps a community going.'), 'description › short repeats the name'],
  [short('The app that keeps a community going.'), 'description › short has the word "app"'],
  [short('Keeps a community going. And more.'), 'description › short has more than one sentence'],
  [full(words(500)), 'description › full has 501 words: expected at most 500'],
  [full('Works in Teams.'), 'description › full says "Teams" before it has said "Microsoft Teams"'],
  [full('Works with MS and Office 365.'), 'description › full has "MS", "Office 365"'],
  [full('Powered by us.'), 'description › full has "powered by"'],
  [{ description: { ...listed.description, full: 'No help.' } }, 'description › full has no address'],
  [
    { developer: { ...listed.developer, websiteUrl: 'https://appsource.microsoft.com/x' } },
    'has an address in AppSource',
  ],
  [{ validDomains: ['cop.example.org', '*.example.org'] }, 'validDomains has *.example.org'],
  [{ validDomains: ['cop.example.org', 'a1.ngrok.io'] }, 'validDomains has a1.ngrok.io'],
  [{ validDomains: ['other.example.org'] }, 'is of cop.example.org, which is not in validDomains'],
  [commands({ title: 'week', description: 'This week' }), 'offer no "help" in the scope team'],
  [commands(help, { title: 'week', description: ' ' }), 'say nothing of "week"'],
  [commands(help, help), 'have "help" twice'],
])('%j: %s', (change, says) => {
  expect(storeFaults({ ...listed, ...change }).join('\n')).toContain(says);
});

describe('what is allowed', () => {
  test.each([
    { name: { short: 'CoP Companion', full: 'CoP Companion for Microsoft Teams' } },
    { name: { short: 'Chatterbox', full: 'Wordsmiths' } },
    full('Systems and forms: works with Microsoft Teams, and in Teams.'),
    { webApplicationInfo: {} },
  ])('%j', change => {
    expect(storeFaults({ ...listed, ...change })).toEqual([]);
  });
});

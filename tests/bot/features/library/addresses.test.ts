import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressesIn, identityOf } from '../../../../bot/features/library/addresses.ts';
import { ResourceAddress } from '../../../../domain/library/resource.ts';

const guid = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const hex = guid.replaceAll('-', '');
const site = 'https://example.sharepoint.com';

describe('one address', () => {
  test.each([
    ['https://example.org/guide', 'https://example.org/guide/', 'a slash at the end'],
    ['https://example.org/guide', 'https://EXAMPLE.org/guide', 'capitals of the server'],
    ['https://example.org/guide', 'https://www.example.org/guide#part-2', 'www, and a place in it'],
    ['https://example.org/guide', 'https://example.org/guide?utm_source=mail&utm_campaign=x', 'where the link was'],
    ['https://example.org/a?b=1&c=2', 'https://example.org/a?c=2&fbclid=xyz&b=1', 'the order of what is asked'],
    ['https://example.org', 'https://example.org:443/', 'the usual port'],
    [
      `${site}/sites/a/Shared%20Documents/b.docx?web=1`,
      `${site}/sites/A/Shared Documents/b.docx`,
      'the app it opens in',
    ],
    [
      `${site}/:w:/r/sites/a/Shared%20Documents/old.docx?d=w${hex}&csf=1&web=1&e=AbC`,
      `${site}/sites/a/_layouts/15/Doc.aspx?sourcedoc=%7B${guid.toUpperCase()}%7D&file=new.docx&action=default`,
      'a file that was renamed',
    ],
  ])('%s is %s (%s)', (one, other) => {
    expect(identityOf(one)).toBe(identityOf(other));
  });

  test.each([
    ['https://example.org/guide', 'https://example.org/Guide', 'paths have capitals'],
    ['https://example.org/a?id=1', 'https://example.org/a?id=2', 'what is asked for'],
    ['https://example.org/a', 'https://example.org:8443/a', 'another port'],
    [`https://example.org/a?d=w${hex}`, 'https://example.org/b', 'only SharePoint has ids of files'],
    ['https://example.org/a?e=1', 'https://example.org/a?e=2', 'elsewhere an e is no view'],
  ])('%s is not %s (%s)', (one, other) => {
    expect(identityOf(one)).not.toBe(identityOf(other));
  });

  test('its own identity does not depend on what is added about the sender', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ validSchemes: ['https'], withQueryParameters: true, withFragments: true }),
        fc.webFragments(),
        (url, fragment) => {
          const bare = url.split('#')[0] ?? '';
          const sent = `${bare}${bare.includes('?') ? '&' : '?'}utm_source=mail#${fragment}`;

          expect(identityOf(sent)).toBe(identityOf(url));
        },
      ),
    );
  });
});

test.each([
  ['javascript:alert(1)', 'it runs'],
  ['http://example.org/', 'others can read along'],
  ['https://ann:secret@example.org/', 'a name and a password'],
  ['https:\\\\ann:secret@example.org', 'the same, written otherwise'],
  ['file:///etc/passwd', 'a file of this machine'],
  ['example.org', 'no whole address'],
  [`https://example.org/${'x'.repeat(2_000)}`, 'longer than any address'],
])('%s is no address to share (%s)', url => {
  expect(ResourceAddress.safeParse(url).success).toBe(false);
});

test.each([
  ['Look: https://example.org/a.', ['https://example.org/a'], 'the full stop ends the sentence'],
  ['(https://example.org/a)', ['https://example.org/a'], 'in brackets'],
  ['https://example.org/a_(b)', ['https://example.org/a_(b)'], 'with brackets of its own'],
  ['“https://example.org/a”, https://example.org/a/', ['https://example.org/a'], 'twice'],
  ['https://a.example/1 https://b.example/2', ['https://a.example/1', 'https://b.example/2'], 'two'],
  ['http://example.org javascript:alert(1) example.org', [], 'none that can be kept'],
  ['https://', [], 'nothing after it'],
  ['', [], 'nothing'],
])('in %j there is %j (%s)', (text, expected) => {
  expect(addressesIn(text)).toEqual(expected);
});

test('whatever a message holds, what is found in it can be kept', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constant('https://'), fc.webUrl())), parts => {
      for (const address of addressesIn(parts.join(''))) expect(ResourceAddress.safeParse(address).success).toBe(true);
    }),
  );
});

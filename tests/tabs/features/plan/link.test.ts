import { expect, test } from '@jest/globals';
import { linkFrom } from '../../../../tabs/features/plan/link.ts';

test.each<[string, string, readonly [string, string] | null]>([
  ['https://example.org/a', 'Notes', ['Notes', 'https://example.org/a']],
  [' example.org/a ', '', ['example.org', 'https://example.org/a']],
  ['https://www.example.org', ' ', ['example.org', 'https://www.example.org/']],
  [
    'https://contoso.sharepoint.com/sites/x/Shared%20Documents/Bed%20report.xlsx?web=1',
    '',
    ['Bed report.xlsx', 'https://contoso.sharepoint.com/sites/x/Shared%20Documents/Bed%20report.xlsx?web=1'],
  ],
  [
    'https://contoso-my.sharepoint.com/:w:/g/personal/x/EbQ3?e=9s',
    '',
    ['contoso-my.sharepoint.com', 'https://contoso-my.sharepoint.com/:w:/g/personal/x/EbQ3?e=9s'],
  ],
  ['https://example.org/%E0%A4%A.pdf', '', ['%E0%A4%A.pdf', 'https://example.org/%E0%A4%A.pdf']],
  ['http://example.org', '', null],
  ['javascript:alert(1)', 'Click', null],
  ['a few words', '', null],
  ['word', '', null],
  ['', 'Title', null],
])('%s, called “%s”', (typed, title, expected) => {
  const made = linkFrom('link-new-1', typed, title);

  expect(made && [made.title, made.address]).toEqual(expected);
});

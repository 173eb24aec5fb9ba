import { expect, test } from '@jest/globals';
import { spreadsheet } from '../../bot/csv.ts';

test.each([
  ['=1+1', "'=1+1", 'a formula'],
  ['+44 20', "'+44 20", 'a plus sign'],
  ['-2', "'-2", 'a minus sign'],
  ['@SUM(A1)', "'@SUM(A1)", 'an at sign'],
  ['Tea, "green"', '"Tea, ""green"""', 'commas and quotes'],
  ['two\nlines', '"two\nlines"', 'a line break'],
  ['naïve 🫖 שלום', 'naïve 🫖 שלום', 'letters of every kind'],
])('%j is written as %j: %s', (cell, expected) => {
  expect(spreadsheet([['Title'], [cell]])).toBe(`\ufeffTitle\r\n${expected}\r\n`);
});

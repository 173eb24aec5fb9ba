import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { spreadsheet } from '../../../bot/shared/csv.ts';

test.each([
  ['=1+1', "'=1+1", 'a formula'],
  ['+44 20', "'+44 20", 'a plus sign'],
  ['-2', "'-2", 'a minus sign'],
  ['@SUM(A1)', "'@SUM(A1)", 'an at sign'],
  [' =1', " '=1", 'a formula after a space'],
  ['\u200b=1', "\u200b'=1", 'a formula after what nobody sees'],
  ['＝1', "'＝1", 'a formula of full width'],
  ['a;=cmd', `"a;'=cmd"`, 'a formula after a semicolon'],
  ['a\t @x', `"a\t '@x"`, 'a formula after a tab'],
  ['two\n=1', `"two\n'=1"`, 'a formula on a line of its own'],
  ['a; b', '"a; b"', 'a semicolon'],
  ['Tea, "green"', '"Tea, ""green"""', 'commas and quotes'],
  ['two\nlines', '"two\nlines"', 'a line break'],
  ['an e-mail, see a=b and x@y.z', '"an e-mail, see a=b and x@y.z"', 'signs within a text'],
  ['naïve 🫖 שלום', 'naïve 🫖 שלום', 'letters of every kind'],
])('%j is written as %j: %s', (cell, expected) => {
  expect(spreadsheet([['Title'], [cell]])).toBe(`\ufeffTitle\r\n${expected}\r\n`);
});

test('a long cell takes no time', () => {
  const start = performance.now();

  spreadsheet([['\n'.repeat(100_000), ';'.repeat(100_000), ';='.repeat(50_000)]]);

  expect(performance.now() - start).toBeLessThan(1_000);
});

const pieces = [
  '=',
  '+',
  '-',
  '@',
  '＝',
  ';',
  '\t',
  ',',
  '"',
  '""',
  "'",
  ' ',
  '\u200b',
  '\u00a0',
  '\r',
  '\n',
  '\r\n',
  '|',
  'a',
  '=cmd|x',
  '\ufeff',
];
const cell = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(parts => parts.join(''));

test.each([',', ';', '\t', '|'])('read with %j between the fields, none begins with a formula', separator => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), rows => {
      for (const field of fieldsOf(spreadsheet(rows).slice(1), separator))
        expect(field.replace(/^[\s\p{Z}\p{Cf}\p{Cc}"]+/u, '')).not.toMatch(/^[=+\-@＝]/);
    }),
    { numRuns: 2_000 },
  );
});

test('read with commas, every cell comes back, but for apostrophes', () => {
  fc.assert(
    fc.property(cell, text => {
      const [back = ''] = fieldsOf(spreadsheet([[text, 'end']]).slice(1), ',');
      expect(back.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
    }),
  );
});

/**
 * As spreadsheets read it, who forgive much: a quote that opens a field is closed by the next that is not doubled; what
 * follows until the separator belongs to it.
 */
function fieldsOf(text: string, separator: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; at <= text.length; ) {
    let field = '';
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') field += text[at++];
        else break;
      }
      at++;
    }
    for (; at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r'; at++)
      field += text[at];
    fields.push(field);
    at++;
  }
  return fields;
}

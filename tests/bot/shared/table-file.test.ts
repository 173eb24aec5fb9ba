import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { readTableFile as readUpTo, type TableFile } from '../../../bot/shared/table-file.ts';

const largest = 1_000_000;
const readTableFile = (bytes: Uint8Array): TableFile | { readonly refused: string } => readUpTo(bytes, largest);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

function rowsOf(bytes: Uint8Array): readonly (readonly string[])[] {
  const table = readTableFile(bytes);
  if ('refused' in table) throw new Error(table.refused);
  return table.rows;
}

const text = 'Name\tWhere\r\nŻofia\t山口\r\n';
const rows = [['Name', 'Where'], ['Żofia', '山口'], ['']];

test.each([
  ['UTF-16, little end first, with its mark', utf16(`\ufeff${text}`)],
  ['UTF-16, little end first', utf16(text)],
  ['UTF-16, big end first, with its mark', utf16(`\ufeff${text}`).swap16()],
  ['UTF-16, big end first', utf16(text).swap16()],
  ['UTF-8 with its mark', utf8(`\ufeff${text}`)],
  ['UTF-8', utf8(text)],
])('reads %s', (_encoding, bytes) => {
  expect(readTableFile(bytes)).toEqual({ rows, whole: true });
});

test('reads what is no UTF-8 as Western European', () => {
  expect(rowsOf(Buffer.from('Name;Ort\nJürgen;Köln\n', 'latin1'))).toEqual([['Name', 'Ort'], ['Jürgen', 'Köln'], ['']]);
});

test.each([
  ['tabs, though there are commas', 'a\tb, c\nd\te, f\n', ['a', 'b, c']],
  ['semicolons, though there are commas', 'a;1, 2\nd;3, 4\n', ['a', '1, 2']],
  ['commas, and a title with semicolons', '"x; y; z",b\nd,e\n', ['x; y; z', 'b']],
  ['bars', 'a|b\nc|d\n', ['a', 'b']],
  ["what Excel's own line says", 'sep=;\na;b,c,d\n', ['a', 'b,c,d']],
  ['quotes within a cell', 'Sky "Ace" Hall\tb\n', ['Sky "Ace" Hall', 'b']],
  ['quoted quotes and line ends', '"Two\r\n""lines"""\tb\n', ['Two\n"lines"', 'b']],
  ['ends of lines of an old Mac', 'a\tb\rc\td\r', ['a', 'b']],
])('knows %s', (_what, content, first) => {
  expect(rowsOf(utf8(content))[0]).toEqual(first);
});

test('says when it breaks off within a quoted cell, or within a character', () => {
  expect(readTableFile(utf8('a\tb\nc\t"d'))).toMatchObject({ whole: false });
  expect(readTableFile(utf16('\ufeffa\tb\nc\td').subarray(0, -1))).toMatchObject({ whole: false });
  expect(readTableFile(utf8('a\tü\nc\tü').subarray(0, -1))).toMatchObject({ whole: false });
});

test.each([
  ['empty', 'nothing', new Uint8Array()],
  ['empty', 'space', utf8(' \r\n\t\r\n')],
  ['empty', 'a mark alone', Uint8Array.of(0xff, 0xfe)],
  ['too-large', 'more bytes than may be', new Uint8Array(largest + 1)],
  ['too-large', 'rows and rows', utf8('a,b\n'.repeat(200_000))],
  ['workbook', 'an Excel file', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14)],
  ['workbook', 'an old Excel file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)],
  ['no-text', 'a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d)],
  ['no-text', 'a line without an end', utf8('a'.repeat(200_000))],
])('refuses as %s: %s', (refused, _what, bytes) => {
  expect(readTableFile(bytes)).toEqual({ refused });
});

describe('of any bytes', () => {
  test('it reads rows or says why not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), bytes => {
        const table = readTableFile(bytes);
        expect('refused' in table ? typeof table.refused : Array.isArray(table.rows)).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  });

  test('it reads the cells that were written', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map(one => one.replace(/\p{Cc}/gu, ''));
    const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom('\t', ';', ','), (cells, delimiter) => {
        const written = utf8(stringify(cells, { delimiter, quoted: true }));
        expect(rowsOf(written).slice(0, -1)).toEqual(cells);
      }),
    );
  });

  test.each([
    ['quotes', '"'.repeat(90_000)],
    ['quotes and ends of lines', '"a\n'.repeat(100_000)],
    ['separators', `${',;|\t'.repeat(20_000)}\n`],
    ['ends of lines', '\n'.repeat(140_000)],
    ['quoted nothing', '"",'.repeat(30_000)],
  ])('many %s take no time', (_what, content) => {
    const before = process.cpuUsage();

    readTableFile(utf8(content));

    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
  });
});

import { expect, test } from '@jest/globals';
import { breakLines } from '../../../bot/documents/pdf-lines.ts';

/** Every character is one point wide. */
const measure = (text: string): number => [...text].length;

/** What stands on each line, from left to right. */
function shown(text: string, width: number): readonly (readonly string[])[] {
  return breakLines([{ text }], width, measure).map(line => line.fragments.map(fragment => fragment.text));
}

test.each([
  { text: 'one two three', width: 8, lines: [['one two'], ['three']], reason: 'between words' },
  { text: 'one two', width: 7, lines: [['one two']], reason: 'a word that just fits' },
  { text: 'abcdefgh', width: 3, lines: [['abc'], ['def'], ['gh']], reason: 'a word that no line can hold' },
  { text: 'a\nb', width: 9, lines: [['a'], ['b']], reason: 'a line break of the author' },
  { text: '', width: 9, lines: [[]], reason: 'nothing is one empty line' },
  { text: 'אחת שתיים', width: 20, lines: [['שתיים', 'אחת']], reason: 'Hebrew is read from the right' },
  {
    text: 'one אחת שתיים two',
    width: 30,
    lines: [['one ', 'שתיים', 'אחת', ' two']],
    reason: 'Hebrew words within English',
  },
  { text: '(אחת) 12', width: 30, lines: [['12', ')אחת(']], reason: 'numbers keep their order, brackets are mirrored' },
])('$text in $width: $reason', ({ text, width, lines }) => {
  expect(shown(text, width)).toEqual(lines);
});

test('text that is read from the right begins at the right edge', () => {
  const [line] = breakLines([{ text: 'שלום' }], 10, measure);

  expect(line?.fragments).toEqual([{ text: 'שלום', run: { text: 'שלום' }, x: 6, width: 4 }]);
});

test('words of different looks stand side by side', () => {
  const [plain, bold] = [{ text: 'We ' }, { text: 'help', bold: true as const }];

  const [line] = breakLines([plain, bold], 20, measure);

  expect(line?.fragments).toEqual([
    { text: 'We ', run: plain, x: 0, width: 3 },
    { text: 'help', run: bold, x: 3, width: 4 },
  ]);
});

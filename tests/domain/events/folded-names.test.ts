import { expect, test } from '@jest/globals';
import { keysOfName, lookupsOf } from '../../../domain/events/folded-names.ts';

/** How surely the first of the names is found by somebody who writes the second. */
function found(kept: string, written: string): 'sure' | 'unsure' | 'not' {
  const way = lookupsOf(written).find(({ key }) => keysOfName(kept).has(key));
  return way === undefined ? 'not' : way.sure ? 'sure' : 'unsure';
}

test.each([
  ['Priya Raman', 'priya  RAMAN', 'in capitals'],
  ['Daniel Fitzgerald', 'Fitzgerald, Daniel', 'the last name first'],
  ['Fitzgerald, Daniel', 'Daniel Fitzgerald', 'the first name first'],
  ['Amara Okafor', 'Okafor, Dr. Amara (EXT)', 'with a title and in brackets'],
  ['Amara Okafor', 'Amara Okafor | Cedar Valley', 'with an organisation behind a bar'],
  ['Sofía Herrera', 'Sofia Herrera', 'without accents'],
  ['Łukasz Żak', 'Lukasz Zak', 'without strokes'],
  ['Jürgen Groß', 'Juergen Gross', 'with umlauts in two letters'],
  ['Søren Østergård', 'Soren Ostergard', 'without rings'],
  ['Mei-Ling Chen', 'Mei Ling Chen', 'without a hyphen'],
  ["Síle O'Brien", 'Sile O’Brien', 'with another apostrophe'],
  ['Petra Lindqvist', 'Petra Maria Lindqvist', 'with a name in the middle'],
  ['Petra Maria Lindqvist', 'Petra Lindqvist', 'without the name in the middle'],
  ['Petra M. Lindqvist', 'Petra Lindqvist', 'without the initial in the middle'],
  ['Priya Raman', 'P. Raman', 'with an initial for the first name'],
  ['Priya Raman', 'Raman, P', 'with an initial behind a comma'],
  ['Priya Raman', 'Priya R.', 'with an initial for the last name'],
  ['山口 葵', '山口　葵', 'with a wide space'],
  ['عمر الصافي', '\u200fعُمر الصافي', 'with marks of reading'],
  ['Nguyễn Văn An', 'NGUYEN VAN AN', 'without two marks a letter'],
  ['Marigold', 'marigold', 'one name alone'],
  ['🌻', '🌻', 'an emoji'],
])('%s is found as %s: %s', (kept, written) => {
  expect(found(kept, written)).toBe('sure');
});

test.each([
  ['Priya Raman', 'Priya', 'the first name alone'],
  ['Priya Raman', 'P.R.', 'initials alone'],
  ['P. Raman', 'Priya Raman', 'where only an initial is kept'],
])('%s may be %s: %s', (kept, written) => {
  expect(found(kept, written)).toBe('unsure');
});

test.each([
  ['Priya Raman', 'Peter Raman', 'the same last name'],
  ['Priya Raman', 'Priya Rao', 'the same first name'],
  ['Petra Maria Lindqvist', 'Petra Anna Lindqvist', 'another name in the middle'],
  ['山口 葵', '山口 蓮', 'one character of two'],
  ['', 'Priya', 'nobody'],
  ['Priya Raman', '', 'nothing'],
  ['राम', 'रमा', 'vowels that are signs'],
  ['🌻', '🌵', 'another emoji'],
])('%s is not %s: %s', (kept, written) => {
  expect(found(kept, written)).toBe('not');
});

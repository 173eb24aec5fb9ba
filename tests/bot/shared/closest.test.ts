import { describe, expect, test } from '@jest/globals';
import { closest, wordsOf } from '../../../bot/shared/closest.ts';

const titles = [
  'Book a room',
  'Book a room for May',
  'Redraw the leaflet',
  'Chart 12',
  'Chart 13',
  '预订会议室',
  'Café rota',
];
const skip = new Set(['the', 'a', 'my']);

function found(words: string) {
  return closest(words, titles, title => title, skip);
}

describe('who is meant', () => {
  test.each([
    ['leaflet', ['Redraw the leaflet'], 'one word that only one title has'],
    ['the leaflet', ['Redraw the leaflet'], 'small words mean nothing'],
    ['LEAFLET!', ['Redraw the leaflet'], 'neither case nor marks count'],
    ['leaflot', ['Redraw the leaflet'], 'one letter is wrong'],
    ['redr leafl', ['Redraw the leaflet'], 'words are only begun'],
    ['room', ['Book a room', 'Book a room for May'], 'two titles have the word'],
    ['book a room', ['Book a room'], 'a whole title is that one, though another one begins with it'],
    ['chart 12', ['Chart 12'], 'another number is another thing'],
    ['会议室', ['预订会议室'], 'a script without spaces'],
    ['CAFÉ', ['Café rota'], 'letters with accents, decomposed'],
  ])('%j means %j: %s', (words, expected) => {
    expect({ ...found(words), sure: found(words).sure.toSorted() }).toEqual({ sure: expected, perhaps: [] });
  });

  test('when no title has all the words, those that have some are guesses, and nothing is sure', () => {
    expect(found('the leaflet thing we spoke about')).toEqual({ sure: [], perhaps: ['Redraw the leaflet'] });
  });

  test.each([
    ['', 'nothing was said'],
    ['the a my', 'small words only'],
    ['zebra', 'no title has it'],
    ['12', 'ok'],
    ['leaflet '.repeat(1000), 'a story is no title'],
  ])('%.20j is not guessed wildly: %s', words => {
    const { sure, perhaps } = found(words);

    expect([...sure, ...perhaps]).toEqual(words === '12' ? ['Chart 12'] : []);
  });

  test('10,000 characters are answered at once', () => {
    const start = performance.now();

    found('x y '.repeat(2500));

    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test('words of any script', () => {
  expect(wordsOf('Tháng 5: “hello” العربية')).toEqual(['tháng', '5', 'hello', 'العربية']);
});

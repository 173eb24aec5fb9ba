import { expect, test } from '@jest/globals';
import { learnt, type Labelled } from '../../../bot/understanding/classifier.ts';
import { english } from '../../../bot/understanding/words.ts';

const [tea, coffee, rain] = [0, 1, 2];
const examples: readonly Labelled[] = [
  ...['make tea', 'green tea please', 'a pot of tea', 'tea with milk'].map(text => said(tea, text)),
  ...['make coffee', 'black coffee please', 'a pot of coffee', 'coffee with milk'].map(text => said(coffee, text)),
  ...['is it raining', 'rain today', 'will it rain'].map(text => said(rain, text)),
];
const classify = learnt(examples, 3, english.isStop);

function said(label: number, text: string): Labelled {
  return { label, stems: text.split(' ') };
}
function shares(text: string): readonly number[] {
  return classify(text.split(' '));
}
function likeliest(text: string): number {
  const all = shares(text);
  return all.indexOf(Math.max(...all));
}

test.each([
  ['black tea', tea, 'one word says more than another'],
  ['a cup of coffee with sugar', coffee, 'most of it was never said'],
  ['rain rain rain', rain, 'a word counts once'],
])('%s is taken for %i: %s', (text, label) => {
  expect(likeliest(text)).toBe(label);
});

test('shares are shares, and the same each time it is learnt', () => {
  const all = shares('green tea');

  expect(all.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  expect(learnt(examples, 3, english.isStop)(['green', 'tea'])).toEqual(all);
});

test('words that no example has make it less sure, and without a known word nothing stands out', () => {
  expect(shares('tea zebra giraffe')[tea]).toBeLessThan(shares('tea')[tea]!);
  expect(Math.max(...shares('zebra'))).toBeLessThan(0.6);
});

test('of nothing at all it says nothing', () => {
  expect(shares('').every(share => share > 0 && share < 0.6)).toBe(true);
});

import { expect, test } from '@jest/globals';
import { firstName } from '../../../bot/shared/first-name.ts';

test.each([
  ['Ann Okafor', 'Ann'],
  ['Okafor, Ann', 'Ann'],
  ['Okafor, Ann (Cedar Valley)', 'Ann'],
  ['Ann-Marie Okafor [External]', 'Ann-Marie'],
  ['Dr. Ann Okafor', 'Dr. Ann Okafor'],
  ['Okafor, Dr Ann', 'Okafor, Dr Ann'],
  ['Madonna', 'Madonna'],
  ['(Guest)', '(Guest)'],
  ['', ''],
])('%j is greeted as %j', (name, expected) => {
  expect(firstName(name)).toBe(expected);
});

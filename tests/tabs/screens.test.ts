import { expect, test } from '@jest/globals';
import { firstScreen, pagesOf, roomNames, roomOf, screenNames } from '../../domain/tab/screens.ts';
import { writeTarget, readTarget } from '../../tabs/lib/place.ts';
import { screens } from '../../tabs/screens.ts';
import words from '../../tabs/text.en.json' with { type: 'json' };

test('every page is in one room, and a room knows its pages', () => {
  expect(new Set(screenNames).size).toBe(screenNames.length);
  for (const room of roomNames) for (const page of pagesOf(room)) expect(roomOf(page)).toBe(room);
  expect(roomOf(firstScreen)).toBe(roomNames[0]);
});

test('every page has its code and its word, every room its word, and nothing else has', () => {
  expect(Object.keys(screens).toSorted()).toEqual([...screenNames].toSorted());
  expect(Object.keys(words.screens).toSorted()).toEqual(['label', ...screenNames].toSorted());
  expect(Object.keys(words.rooms).toSorted()).toEqual(['label', ...roomNames].toSorted());
});

// They stand in cards that people were sent.
test.each([
  ...['overview', 'charter', 'plan', 'roles', 'surveys', 'digest'],
  ...['welcome', 'delivery', 'audit', 'privacy', 'settings'],
])('a link to %s still leads there', name => {
  const target = readTarget(name);

  expect(target).toEqual({ screen: name, section: null });
  expect(writeTarget(target)).toBe(name);
});

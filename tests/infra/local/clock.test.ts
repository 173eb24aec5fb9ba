import { expect, test } from '@jest/globals';
import { createClock } from '../../../infra/local/clock.ts';
import { openStore } from '../../../infra/local/store.ts';

const monday = new Date('2026-11-23T09:00:00Z');

/** How far the clock is from a moment, in whole seconds: it runs while the test does. */
function secondsFrom(moment: Date, shown: Date): number {
  return Math.round((shown.getTime() - moment.getTime()) / 1000);
}

test('shows real time until it is moved', () => {
  const clock = createClock(openStore(':memory:'));

  expect([secondsFrom(new Date(), clock.now()), clock.moved]).toEqual([0, false]);
});

test('goes on from the moment it was moved to, and tells who listens', () => {
  const clock = createClock(openStore(':memory:'));
  const told: number[] = [];
  clock.onMove(() => told.push(secondsFrom(monday, clock.now())));

  clock.moveTo(monday);

  expect([secondsFrom(monday, clock.now()), clock.moved, told]).toEqual([0, true, [0]]);
});

test('stays moved through a restart', () => {
  const store = openStore(':memory:');
  createClock(store).moveTo(monday);

  const again = createClock(store);

  expect([secondsFrom(monday, again.now()), again.moved]).toEqual([0, true]);
});

test('comes back to real time, and tells that too', () => {
  const clock = createClock(openStore(':memory:'));
  clock.moveTo(monday);
  let told = 0;
  clock.onMove(() => (told += 1));

  clock.reset();

  expect([secondsFrom(new Date(), clock.now()), clock.moved, told]).toEqual([0, false, 1]);
});

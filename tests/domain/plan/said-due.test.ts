import { describe, expect, test } from '@jest/globals';
import { GB } from 'chrono-node/en';
import { titleAndDue } from '../../../domain/plan/said-due.ts';
import { saidAtEnd } from '../../../domain/said-days.ts';
import text from '../../../tabs/features/plan/due-text.en.json' with { type: 'json' };

/** A Monday. */
const today = '2026-11-23';
const { words } = text;

describe('a title that ends with a day', () => {
  test.each([
    ['Book a room next friday', 'Book a room', '2026-12-04'],
    ['Book a room by Friday', 'Book a room', '2026-11-27'],
    ['Book a room: in two weeks', 'Book a room', '2026-12-07'],
    ['Book a room 15 Jan', 'Book a room', '2027-01-15'],
    ['Book a room', 'Book a room', null],
    ['Book a room for Friday', 'Book a room for Friday', null],
    ['What we learnt last Friday', 'What we learnt last Friday', null],
    ['Friday', '', '2026-11-27'],
  ])('%j: %j, %j', (typed, title, due) => {
    expect(titleAndDue(typed, saidAtEnd(typed, { today, languages: [GB] }), { today, words })).toEqual({ title, due });
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Community } from '../../../domain/community.ts';
import {
  answered,
  asked,
  changedFields,
  isOpen,
  mayChange,
  moved,
  movesOf,
  planned,
  Question,
  questionMoves,
  questionStates,
  reworded,
  sameQuestion,
  scouted,
  type KeptQuestion,
  type QuestionState,
} from '../../../domain/agenda/question.ts';

const amara = { id: 'amara', name: 'Amara Okafor' };
const gwen = { id: 'gwen', name: 'Gwen Pritchard' };
const daniel = { id: 'daniel', name: 'Daniel Fitzgerald' };
const monday = { by: amara, now: new Date('2026-11-23T09:00:00Z') };
const tuesday = { by: gwen, now: new Date('2026-11-24T09:00:00Z') };

const words: Question = { title: 'Who has a template for SPC charts?', details: '', topics: ['SPC'] };
const parked = asked(words, null, monday);
const inState = (state: QuestionState, more: Partial<KeptQuestion> = {}): KeptQuestion => ({
  ...parked,
  state,
  event: state === 'planned' ? 'chart-surgery' : null,
  ...more,
});

describe('where a question goes', () => {
  test.each([
    ['parked', ['next', 'let-go']],
    ['next', ['parked', 'let-go']],
    ['planned', ['parked', 'next', 'let-go']],
    ['answered', ['parked']],
    ['let-go', ['parked']],
  ] as const)('one that is %s can become %j', (state, moves) => {
    expect(movesOf({ state })).toEqual(moves);
  });

  test('it is changed by whoever moves it, and leaves its event', () => {
    expect(moved(inState('planned'), 'next', tuesday)).toEqual({
      ...parked,
      state: 'next',
      event: null,
      changedBy: gwen,
      changedAt: '2026-11-24T09:00:00.000Z',
    });
  });

  test('a press that is repeated changes nothing', () => {
    const next = moved(parked, 'next', monday)!;
    const onAgenda = planned(next, 'chart-surgery', monday)!;
    const looked = scouted(next, { scouts: [gwen, daniel], backOn: '2026-12-01' }, monday)!;
    const known = answered(next, { answer: 'Gwen has', resource: null }, monday);

    expect(moved(next, 'next', tuesday)).toBe(next);
    expect(planned(onAgenda, 'chart-surgery', tuesday)).toBe(onAgenda);
    expect(scouted(looked, { scouts: [daniel, gwen], backOn: '2026-12-01' }, tuesday)).toBe(looked);
    expect(answered(known, { answer: 'Gwen has', resource: null }, tuesday)).toBe(known);
  });

  test('what has an answer is asked anew before anything else becomes of it, and keeps its answer until then', () => {
    const known = answered(parked, { answer: 'Gwen has', resource: null }, tuesday);

    expect(planned(known, 'chart-surgery', monday)).toBeNull();
    expect(scouted(known, { scouts: [gwen], backOn: null }, monday)).toBeNull();
    expect(moved(known, 'let-go', monday)).toBeNull();
    expect(moved(known, 'parked', monday)).toMatchObject({ state: 'parked', answer: 'Gwen has', answeredBy: gwen });
  });

  test('an answer says whose it is, and calls the scouts back', () => {
    const looked = inState('next', { scouts: [daniel], backOn: '2026-12-01' });

    expect(answered(looked, { answer: 'It is on the shelf', resource: 'spc-template' }, tuesday)).toMatchObject({
      state: 'answered',
      answer: 'It is on the shelf',
      resource: 'spc-template',
      answeredBy: gwen,
      answeredAt: '2026-11-24T09:00:00.000Z',
      scouts: [],
      backOn: null,
    });
  });

  test('whatever is pressed, a question has an event exactly while it is planned', () => {
    const step = fc.oneof(
      fc.constantFrom(...questionMoves).map(to => (one: KeptQuestion) => moved(one, to, tuesday)),
      fc.constantFrom('event-one', 'event-two').map(event => (one: KeptQuestion) => planned(one, event, tuesday)),
      fc.constant((one: KeptQuestion) => scouted(one, { scouts: [gwen], backOn: null }, tuesday)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), steps => {
        const question = steps.reduce((one, next) => next(one) ?? one, parked);

        expect(question.event !== null).toBe(question.state === 'planned');
        expect(question.askedBy).toEqual(amara);
      }),
    );
  });

  test('every state is open or has a way back', () => {
    for (const state of questionStates) expect(isOpen({ state }) || movesOf({ state }).includes('parked')).toBe(true);
  });
});

describe('who may change one', () => {
  const community: Community = {
    id: 'team',
    name: 'Measurement',
    settings: null,
    installedBy: null,
    acceptances: [{ role: 'agenda-activists', person: 'activist' }],
  } as unknown as Community;
  const member = (id: string, owner = false) => ({ id, name: id, owner });

  test.each([
    ['amara', true, 'asked'],
    ['gwen', true, 'answered'],
    ['activist', true, 'looks after the agenda'],
    ['daniel', false, 'did neither'],
  ])('%s: %j, who %s', (id, expected) => {
    expect(mayChange({ askedBy: amara, answeredBy: gwen }, member(id), community)).toBe(expected);
  });

  test('owners of the team may', () => {
    expect(mayChange({ askedBy: amara, answeredBy: null }, member('owner', true), community)).toBe(true);
  });
});

test('other words are those of whoever wrote them', () => {
  const next = reworded(parked, { ...words, title: 'Who has an SPC template?' }, tuesday);

  expect(next).toMatchObject({ title: 'Who has an SPC template?', askedBy: amara, changedBy: gwen });
  expect(changedFields(parked, next)).toEqual(['title']);
});

test.each<[string, number | undefined, string]>([
  ['who has a template for spc charts', 0, 'its words, whatever the capitals'],
  ['Who has a template?', undefined, 'other words'],
  ['When do we meet', 2, 'an open one before one with an answer'],
  ['Is it over?', undefined, 'what was let go is asked anew'],
  ['🎉', undefined, 'no words at all'],
])('%j is asked already by number %j (%s)', (title, expected) => {
  const all = [
    { title: words.title, state: 'parked' as const },
    { title: 'When do we meet?', state: 'answered' as const },
    { title: 'when do we meet', state: 'next' as const },
    { title: 'Is it over?', state: 'let-go' as const },
    { title: '🚀', state: 'parked' as const },
  ];
  const same = sameQuestion(title, all);

  expect(same).toBe(expected === undefined ? undefined : all[expected]);
});

test.each([
  [{ ...words, title: ' ' }, 'nothing is asked'],
  [{ ...words, title: 'x'.repeat(201) }, 'a report'],
  [{ ...words, topics: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'about everything'],
])('is refused: %j (%s)', question => {
  expect(Question.safeParse(question).success).toBe(false);
});

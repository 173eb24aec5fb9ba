import { describe, expect, test } from '@jest/globals';
import { withDetail } from '../../../domain/plan/change-detail.ts';
import {
  ActionLink,
  mostLinks,
  mostSteps,
  noDetails,
  stepsDone,
  type ActionDetails,
  type DetailChange,
} from '../../../domain/plan/details.ts';

const [room, cake, plates] = ['step-room', 'step-cake', 'step-plates'];
const link = { id: 'link-one', title: 'Minutes', address: 'https://example.org/minutes' };
const details: ActionDetails = {
  steps: [
    { id: room, text: 'Book a room', done: true },
    { id: cake, text: 'Bake a cake', done: false },
    { id: plates, text: 'Find plates', done: false },
  ],
  links: [link],
};

function order(change: DetailChange): readonly string[] {
  return withDetail(details, change).steps.map(({ id }) => id);
}

describe('steps', () => {
  test('a new one is the last, and not done', () => {
    const { steps } = withDetail(details, { kind: 'add-step', id: 'step-new', text: 'Sweep' });

    expect(steps.at(-1)).toEqual({ id: 'step-new', text: 'Sweep', done: false });
    expect(steps).toHaveLength(4);
  });

  test('ticks of two people at once, each on what the other left, both hold', () => {
    const one = withDetail(details, { kind: 'tick-step', id: cake, done: true });
    const both = withDetail(one, { kind: 'tick-step', id: plates, done: true });

    expect(stepsDone(both.steps)).toBe(3);
  });

  test.each<[string, string, string | null, readonly string[]]>([
    ['to the top', plates, room, [plates, room, cake]],
    ['to the end', room, null, [cake, plates, room]],
    ['one down', room, plates, [cake, room, plates]],
    ['to where it is', cake, plates, [room, cake, plates]],
    ['before one that somebody removed', cake, 'step-gone', [room, cake, plates]],
    ['before itself', cake, cake, [room, cake, plates]],
  ])('move %s', (_reason, id, before, expected) => {
    expect(order({ kind: 'move-step', id, before })).toEqual(expected);
  });

  test.each<[DetailChange]>([
    [{ kind: 'add-step', id: room, text: 'Something else' }],
    [{ kind: 'tick-step', id: room, done: true }],
    [{ kind: 'write-step', id: cake, text: 'Bake a cake' }],
    [{ kind: 'move-step', id: plates, before: null }],
    [{ kind: 'remove-step', id: 'step-gone' }],
    [{ kind: 'add-link', ...link }],
    [{ kind: 'remove-link', id: 'link-gone' }],
  ])('what was done already changes nothing: %o', change => {
    expect(withDetail(details, change)).toBe(details);
  });

  test.each<[DetailChange]>([
    [{ kind: 'tick-step', id: 'step-gone', done: true }],
    [{ kind: 'write-step', id: 'step-gone', text: 'Other' }],
    [{ kind: 'move-step', id: 'step-gone', before: null }],
  ])('one that is gone is not found: %o', change => {
    expect(() => withDetail(details, change)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('there are no more than there may be', () => {
    const full: ActionDetails = {
      steps: Array.from({ length: mostSteps }, (_, at) => ({ id: `step-${1000 + at}`, text: 'x', done: false })),
      links: Array.from({ length: mostLinks }, (_, at) => ({ ...link, id: `link-${1000 + at}` })),
    };

    for (const change of [
      { kind: 'add-step', id: 'step-more', text: 'y' },
      { kind: 'add-link', ...link, id: 'link-more' },
    ] as const)
      expect(() => withDetail(full, change)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

describe('links', () => {
  test('are added and removed', () => {
    const two = withDetail(noDetails, { kind: 'add-link', ...link });

    expect(two.links).toEqual([link]);
    expect(withDetail(two, { kind: 'remove-link', id: link.id })).toEqual(noDetails);
  });

  test.each(['http://example.org', 'javascript:alert(1)', 'file:///etc/passwd', 'ftp://example.org', 'example.org'])(
    '%s is no address of one',
    address => {
      expect(ActionLink.safeParse({ ...link, address }).success).toBe(false);
    },
  );
});

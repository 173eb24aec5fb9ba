import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../bot/understanding/decision.ts';
import type { Meaning } from '../../../bot/understanding/meanings.ts';

function means(typed: string, certainty: number, likelihood: number | null): Meaning {
  return { typed, label: typed, certainty, likelihood };
}
function decided(...meanings: readonly Meaning[]) {
  const sorted = meanings.toSorted((one, other) => other.certainty - one.certainty);
  const decision = decide(sorted, null, {
    commandOf: typed => typed,
    changes: typed => typed === 'done' || typed === 'assign',
    showsFirst: typed => typed === 'assign',
  });
  if (decision.kind === 'sure') return decision.typed;
  return decision.kind === 'guesses' ? decision.guesses.map(({ typed }) => typed) : '?';
}

describe('what all examples together say is asked second', () => {
  test.each<[readonly Meaning[], string | readonly string[], string]>([
    [[means('plan', 0.7, 0.5)], 'plan', 'both say so'],
    [[means('plan', 0.7, null)], 'plan', 'what the community wrote has no examples'],
    [[means('plan', 0.7, 0.02)], ['plan'], 'like an example, and unlikely: asked about'],
    [[means('plan', 0.82, 0.02)], 'plan', 'very like an example, and unlikely'],
    [[means('done', 0.97, 0.02)], ['done'], 'what changes something is never done against all examples together'],
    [[means('done', 0.85, 0.3)], 'done', 'an act that both say'],
    [[means('done', 0.5, 0.99)], ['done'], 'an act that no example is like is at most offered'],
    [[means('assign', 0.6, 0.8)], 'assign', 'an act that is shown before it is done'],
    [[means('assign', 0.6, 0.5)], ['assign'], 'the same, hardly likely'],
    [[means('plan', 0.4, 0.9)], 'plan', 'like no example, and likely'],
    [[means('plan', 0.2, 0.9)], '?', 'hardly a word of it is in an example'],
    [[means('roles', 0.7, 0.01), means('plan', 0.5, 0.6)], 'plan', 'likely against alike'],
    [[means('plan', 0.45, 0.25)], ['plan'], 'not certain, and not unlikely'],
    [[means('plan', 0.45, 0.1)], '?', 'neither'],
    [[means('roles', 0.59, 0.01), means('plan', 0.58, 0.4)], ['plan', 'roles'], 'the likelier guess comes first'],
  ])('%j is %j: %s', (meanings, expected) => {
    expect(decided(...meanings)).toEqual(expected);
  });
});

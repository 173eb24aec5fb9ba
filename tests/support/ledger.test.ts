import { expect, test } from '@jest/globals';
import { faultless, verdictOf, type Evidence, type Kept } from './ledger.ts';

/**
 * Whoever counts must be able to find something: each way in which a delivery can be wrong is found, and only that one.
 */

const week = 'c1 facilitation 2026-11-23 p1';
const sent: Kept = { key: week, state: 'sent', reason: null, uncertain: 0 };
const fine: Evidence = { expected: [week], arrived: [week], kept: [sent], cut: new Map() };

test.each<{ what: string; evidence: Evidence; verdict: object }>([
  { what: 'what was expected came once', evidence: fine, verdict: {} },
  { what: 'one is missing', evidence: { ...fine, arrived: [] }, verdict: { missing: [week] } },
  {
    what: 'one is missing that was never in the outbox',
    evidence: { ...fine, arrived: [], kept: [] },
    verdict: { missing: [week] },
  },
  {
    what: 'one was refused, and the reason is there',
    evidence: { ...fine, arrived: [], kept: [{ ...sent, state: 'refused', reason: 'blocked' }] },
    verdict: {},
  },
  {
    what: 'one was refused without a reason',
    evidence: { ...fine, arrived: [], kept: [{ ...sent, state: 'refused' }] },
    verdict: { missing: [week], unexplained: [`${week} is refused, reason null`] },
  },
  {
    what: 'one waits for ever',
    evidence: { ...fine, arrived: [], kept: [{ ...sent, state: 'waiting', reason: 'throttled' }] },
    verdict: { unexplained: [`${week} is waiting, reason throttled`] },
  },
  {
    what: 'one came twice',
    evidence: { ...fine, arrived: [week, week] },
    verdict: {
      doubled: [`${week} arrived 2 times`],
      concealed: [`${week} arrived 2 times, and 0 outcomes were counted as unknown`],
    },
  },
  {
    what: 'one came twice because its answer was cut, and that was counted',
    evidence: { ...fine, arrived: [week, week], kept: [{ ...sent, uncertain: 1 }], cut: new Map([[week, 1]]) },
    verdict: {},
  },
  {
    what: 'one came twice because its answer was cut, and nobody counted that',
    evidence: { ...fine, arrived: [week, week], cut: new Map([[week, 1]]) },
    verdict: { concealed: [`${week} arrived 2 times, and 0 outcomes were counted as unknown`] },
  },
  {
    what: 'one came twice, and the outbox claims an unknown outcome that nobody saw',
    evidence: { ...fine, arrived: [week, week], kept: [{ ...sent, uncertain: 1 }] },
    verdict: { doubled: [`${week} arrived 2 times`] },
  },
  {
    what: 'nobody could look, so the outbox is believed',
    evidence: { expected: [week], arrived: [week, week], kept: [{ ...sent, uncertain: 1 }] },
    verdict: {},
  },
  {
    what: 'one came that nobody asked for',
    evidence: { ...fine, arrived: [week, 'c1 facilitation 2026-11-23 p2'] },
    verdict: { strangers: ['c1 facilitation 2026-11-23 p2'] },
  },
])('$what', ({ evidence, verdict }) => {
  expect(verdictOf(evidence)).toEqual({ ...faultless, ...verdict });
});

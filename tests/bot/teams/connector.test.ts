import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectorFault } from '../../../infra/local/connector/faults.ts';
import { eventually } from '../../support/engines.ts';
import { personOf, startSystem, type System } from '../../support/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());
/** Nothing else is sent to him, so what is counted are the answers. */
const yusuf = personOf('Yusuf').id;
const answersOf = () => system.microsoft365.connector.tally.answers(yusuf);
beforeEach(() => {
  system.microsoft365.connector.faults.clear();
  system.microsoft365.connector.tally.clear();
});

describe('an answer to what somebody typed', () => {
  test.each<[string, ConnectorFault | null, Record<number, number>]>([
    ['arrives', null, { 201: 1 }],
    [
      'arrives although Teams was busy twice',
      { call: 'send', to: yusuf, answer: { status: 503 }, count: 2 },
      { 201: 1, 503: 2 },
    ],
    [
      'arrives after the time Teams asked for',
      { call: 'send', to: yusuf, answer: { status: 429, retryAfter: 1 }, count: 1 },
      { 201: 1, 429: 1 },
    ],
    [
      'arrives when the inbox comes back to it',
      { call: 'send', to: yusuf, answer: { status: 412 }, count: 4 },
      { 201: 1, 412: 4 },
    ],
    [
      'is left to the inbox when Teams asks for more time than a person waits',
      { call: 'send', to: yusuf, answer: { status: 429, retryAfter: 60 }, count: 1 },
      { 201: 1, 429: 1 },
    ],
  ])('%s', async (_what, fault, answers) => {
    if (fault) system.microsoft365.connector.faults.add(fault);

    await system.microsoft365.connector.says(yusuf, 'personal', 'help');

    await eventually('the answer', () => answersOf()[201] === 1);
    expect(answersOf()).toEqual(answers);
  });

  test('is not written twice when nobody knows whether it arrived', async () => {
    const { connector } = system.microsoft365;
    connector.faults.add({ call: 'send', to: yusuf, answer: { status: 504 }, taken: true, count: 1 });

    await connector.says(yusuf, 'personal', 'help');

    await eventually('the answer', () => answersOf()[504] === 1);
    // What comes next in the same chat waits for what came before.
    await connector.says(yusuf, 'personal', 'charter');
    await eventually('the next answer', () => answersOf()[201] === 1);
    expect(answersOf()).toEqual({ 201: 1, 504: 1 });
  });
});

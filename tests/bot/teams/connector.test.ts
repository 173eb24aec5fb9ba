import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectorFault } from '../../../infra/local/connector/faults.ts';
import { eventually } from '../../support/engines.ts';
import { personOf, startSystem, type System } from '../../support/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());
beforeEach(() => {
  system.microsoft365.connector.faults.clear();
  system.microsoft365.connector.tally.clear();
});

describe('an answer to what somebody typed', () => {
  test.each<[string, ConnectorFault | null, Record<number, number>]>([
    ['arrives', null, { 201: 1 }],
    ['arrives although Teams was busy twice', { call: 'send', answer: { status: 503 }, count: 2 }, { 201: 1, 503: 2 }],
    ['arrives after the time Teams asked for', { call: 'send', answer: { status: 429, retryAfter: 1 }, count: 1 }, { 201: 1, 429: 1 }],
    ['arrives when the inbox comes back to it', { call: 'send', answer: { status: 412 }, count: 4 }, { 201: 1, 412: 4 }],
    ['is left to the inbox when Teams asks for more time than a person waits', { call: 'send', answer: { status: 429, retryAfter: 60 }, count: 1 }, { 201: 1, 429: 1 }],
  ])('%s', async (_what, fault, answers) => {
    if (fault) system.microsoft365.connector.faults.add(fault);

    await system.microsoft365.connector.says(personOf('Priya').id, 'personal', 'help');

    await eventually('the answer', () => system.microsoft365.connector.tally.answers()[201] === 1);
    expect(system.microsoft365.connector.tally.answers()).toEqual(answers);
  });

  test('is not written twice when nobody knows whether it arrived', async () => {
    const { connector } = system.microsoft365;
    connector.faults.add({ call: 'send', answer: { status: 504 }, taken: true, count: 1 });

    await connector.says(personOf('Priya').id, 'personal', 'help');

    await eventually('the answer', () => connector.tally.answers()[504] === 1);
    // What comes next in the same chat waits for what came before.
    await connector.says(personOf('Priya').id, 'personal', 'charter');
    await eventually('the next answer', () => connector.tally.answers()[201] === 1);
    expect(connector.tally.answers()).toEqual({ 201: 1, 504: 1 });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectorFault } from '../../../infra/local/connector/faults.ts';
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
  test.each<[string, ConnectorFault | null, number, Record<number, number>]>([
    ['arrives', null, 200, { 201: 1 }],
    ['arrives although Teams was busy twice', { call: 'send', answer: { status: 503 }, count: 2 }, 200, { 201: 1, 503: 2 }],
    ['arrives after the time Teams asked for', { call: 'send', answer: { status: 429, retryAfter: 1 }, count: 1 }, 200, { 201: 1, 429: 1 }],
    ['is not tried for ever', { call: 'send', answer: { status: 412 } }, 500, { 412: 3 }],
    ['does not keep Teams waiting until it gives up on us', { call: 'send', answer: { status: 429, retryAfter: 60 } }, 500, { 429: 1 }],
    ['is not written twice when nobody knows whether it arrived', { call: 'send', answer: { status: 504 }, taken: true }, 500, { 504: 1 }],
  ])('%s', async (_what, fault, status, answers) => {
    if (fault) system.microsoft365.connector.faults.add(fault);

    const { delivery } = await system.microsoft365.connector.says(personOf('Priya').id, 'personal', 'help');

    expect(delivery?.status).toBe(status);
    expect(system.microsoft365.connector.tally.answers()).toEqual(answers);
  });
});

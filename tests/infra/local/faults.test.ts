import { describe, expect, test } from '@jest/globals';
import { createFaults, type Fault } from '../../../infra/local/faults.ts';

const busy = { path: '/graph/v1.0/sites', status: 503, count: 1 };

describe('a fault', () => {
  test.each<[string, string, Fault, string]>([
    ['GET', '/graph/v1.0/sites/x/lists', busy, 'its path is part of the path'],
    ['PATCH', '/graph/v1.0/sites/x', { ...busy, method: 'patch' }, 'methods are the same in any case'],
  ])('answers %s %s: %o, because %s', (method, path, fault) => {
    const faults = createFaults();
    faults.add(fault);

    expect(faults.take(method, path)).toEqual(fault);
  });

  test.each<[string, string, Fault, string]>([
    ['GET', '/graph/v1.0/teams/x', busy, 'it is about another path'],
    ['GET', '/graph/v1.0/sites/x', { ...busy, method: 'POST' }, 'it is about another method'],
  ])('leaves %s %s alone: %o, because %s', (method, path, fault) => {
    const faults = createFaults();
    faults.add(fault);

    expect(faults.take(method, path)).toBeUndefined();
    expect(faults.list()).toEqual([fault]);
  });

  test('is counted down and then gone', () => {
    const faults = createFaults();
    faults.add({ ...busy, count: 2 });

    const taken = [1, 2, 3].map(() => faults.take('GET', '/graph/v1.0/sites')?.status);

    expect([taken, faults.list()]).toEqual([[503, 503, undefined], []]);
  });

  test('waits its turn behind one that was asked for before', () => {
    const faults = createFaults();
    faults.add({ ...busy, status: 429 });
    faults.add(busy);

    const taken = [1, 2].map(() => faults.take('GET', '/graph/v1.0/sites')?.status);

    expect(taken).toEqual([429, 503]);
  });
});

test('faults can be cleared, and latency is what was asked for', () => {
  const faults = createFaults(250);
  faults.add(busy);

  faults.clear();

  expect([faults.list(), faults.latencyMs]).toEqual([[], 250]);
});

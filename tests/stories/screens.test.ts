import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../domain/api.ts';
import { startSystem, type System } from '../support/system.ts';

/** Whoever opens a screen waits for no call of SharePoint. */
let system: System;
const asked: string[] = [];
beforeAll(async () => {
  system = await startSystem();
  const { faults } = system.microsoft365;
  const take = faults.take.bind(faults);
  faults.take = (method, path) => {
    if (path.includes('/sites/')) asked.push(`${method} ${path.split('?')[0]?.replace(/.*\/lists\//, '')}`);
    return take(method, path);
  };
}, 120_000);
afterAll(() => system.stop());

test.each(['overview', 'plan', 'charter', 'roles', 'digest', 'surveys'] as const)(
  'the second look at %s makes no call',
  async name => {
    await system.ask('Priya', api[name]);
    // What the first one left to be read behind it is read.
    await wait(1000);
    asked.length = 0;

    const { status } = await system.ask('Priya', api[name]);

    expect([status, asked]).toEqual([200, []]);
  },
);

test('while SharePoint does not answer, screens show what is known, and a change says that it is not saved', async () => {
  const before = await system.ask('Priya', api.plan);
  system.microsoft365.faults.add({ path: '/graph/v1.0/sites', status: 503, count: 1000, retryAfter: 60 });
  for (const method of ['POST', 'PATCH', 'PUT'])
    system.microsoft365.faults.add({ method, path: '/graph/v1.0/sites', status: 503, count: 1000, retryAfter: 60 });
  await system.moveTo('2026-11-22T11:00:00Z');

  const meanwhile = await system.ask('Priya', api.plan);
  const saved = await system.ask('Priya', api.saveAction, {
    params: { action: '5b3a4f64-8d5e-4a3b-9a31-0f1c2d3e4f50' },
    body: { title: 'Book', owners: [], due: null, state: 'to-do', weight: 'baseline', aim: null, notes: '' },
    headers: { 'If-None-Match': '*' },
  });
  system.microsoft365.faults.clear();

  expect([meanwhile.status, meanwhile.body]).toEqual([200, before.body]);
  expect(saved.status).toBe(429);
}, 60_000);

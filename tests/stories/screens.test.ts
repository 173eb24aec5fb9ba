import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../../domain/api.ts';
import { startSystem, type System } from '../support/system.ts';

/** Whoever opens a screen waits for no call of SharePoint: meanwhile each of its answers takes its time. */
const slow = 12_000;
let system: System;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop());

test.each(['overview', 'plan', 'charter', 'roles', 'digest', 'surveys'] as const)(
  'the second look at %s waits for no call',
  async name => {
    await system.ask('Priya', api[name]);
    system.microsoft365.faults.latencyMs = slow;
    const began = Date.now();

    const { status } = await system.ask('Priya', api[name]);

    const took = Date.now() - began;
    system.microsoft365.faults.latencyMs = 0;
    expect(status).toBe(200);
    expect(took).toBeLessThan(slow);
  },
  60_000,
);

test('for an hour SharePoint does not answer: screens show what is known, and since when; a change says that it is not saved', async () => {
  const names = ['overview', 'plan', 'charter', 'roles', 'digest', 'surveys'] as const;
  const look = () => Promise.all(names.map(name => system.ask('Priya', api[name])));
  await system.moveTo('2026-11-22T10:30:00Z');
  await look();
  // What the first look left to be read behind it is read.
  await wait(1000);
  const before = await look();
  for (const method of ['GET', 'POST', 'PATCH', 'PUT'])
    system.microsoft365.faults.add({ method, path: '/graph/v1.0/sites', status: 503, count: 10_000, retryAfter: 6 });
  await system.moveTo('2026-11-22T11:30:00Z');

  const meanwhile = await look();
  const saved = await system.ask('Priya', api.saveAction, {
    params: { action: '5b3a4f64-8d5e-4a3b-9a31-0f1c2d3e4f50' },
    body: { title: 'Book', owners: [], due: null, state: 'to-do', weight: 'baseline', aim: null, notes: '' },
    headers: { 'If-None-Match': '*' },
  });
  system.microsoft365.faults.clear();

  expect(before.map(({ knownSince }) => knownSince)).toEqual(names.map(() => 'now'));
  expect(meanwhile.map(({ status }) => status)).toEqual(names.map(() => 200));
  expect(meanwhile[1]?.body).toEqual(before[1]?.body);
  for (const { knownSince } of meanwhile) expect(knownSince).toMatch(/^2026-11-22T10:30:/);
  // Either is said at once to whoever saves: later, or not now.
  expect([429, 503]).toContain(saved.status);
}, 90_000);

test('once SharePoint answers again, everything is as of now', async () => {
  const end = Date.now() + 90_000;
  for (;;) {
    const { knownSince } = await system.ask('Priya', api.plan);
    if (knownSince === 'now') break;
    expect(Date.now()).toBeLessThan(end);
    await wait(1000);
  }
}, 120_000);

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Postgres } from '../../tests/support/postgres.ts';
import { createInstances, type Instances } from '../local/instances.ts';
import { startMicrosoft365, type Microsoft365 } from '../local/microsoft365.ts';
import { eve } from './tenant.ts';

/** A line of the table: what, figure, runs. */
export type Line = readonly [what: string, figure: string, runs: number];

export interface Rig {
  readonly microsoft365: Microsoft365;
  readonly instances: Instances;
  readonly where: { readonly databaseUrl: string | null; readonly dataDir: string };
}

interface Served {
  /** What SharePoint allows the app a minute. */
  readonly graphUnitsAMinute?: number;
  /** Where the pages of the tab are; those of the last build when left out. */
  readonly tabsDir?: string;
}

/** Microsoft 365 in this process, servers in others; nothing is left running. */
export async function withRig<T>(
  postgres: Postgres | null,
  work: (rig: Rig) => Promise<T>,
  { graphUnitsAMinute = 1250, tabsDir }: Served = {},
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cop-bench-'));
  const databaseUrl = (await postgres?.database()) ?? null;
  const instances = createInstances({
    microsoft365Url: () => microsoft365.url,
    clock: () => microsoft365.clock,
    dataDir,
    ...(databaseUrl ? { databaseUrl } : {}),
    graphUnitsAMinute,
    ...(tabsDir ? { tabsDir } : {}),
    nodeOptions: ['--expose-gc'],
  });
  const microsoft365 = await startMicrosoft365({ port: 0, dataDir: null, productUrl: () => instances.url() });
  microsoft365.clock.moveTo(eve);
  try {
    return await work({ microsoft365, instances, where: { databaseUrl, dataDir } });
  } finally {
    await instances.close();
    await microsoft365.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** The median with the smallest and the largest beside it. */
export function spread(figures: readonly number[], digits: number): string {
  const sorted = figures.toSorted((a, b) => a - b);
  const show = (figure: number | undefined) => figure?.toFixed(digits) ?? '';
  return `${show(sorted[Math.floor(sorted.length / 2)])} (${show(sorted[0])}–${show(sorted.at(-1))})`;
}

/** The median, and that of which 95 % are not larger. */
export function middles(figures: readonly number[]): string {
  return [0.5, 0.95].map(share => percentile(figures, share).toFixed(1)).join(' and ');
}

/** Does this with each, so many under way at a time. */
export async function atOnce<T>(most: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  async function next(): Promise<void> {
    for (const one of left) await work(one);
  }
  await Promise.all(Array.from({ length: most }, next));
}

/** What a server answers to whoever has this token. */
export async function bodyOf(url: string, token: string): Promise<string> {
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

/** How many milliseconds it takes until all of that is there. */
export async function timed(url: string, token: string): Promise<number> {
  const began = performance.now();
  await bodyOf(url, token);
  return performance.now() - began;
}

/** Adds an action to the plan, as the tab does. */
export async function addAction(url: string, token: string): Promise<void> {
  const saved = await fetch(url.replace('{action}', randomUUID()), {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'If-None-Match': '*' },
    body: JSON.stringify({
      title: 'Book a room',
      owners: [],
      due: null,
      state: 'to-do',
      weight: 'baseline',
      aim: null,
      notes: '',
    }),
  });
  if (!saved.ok) throw new Error(`an action could not be added: ${saved.status} ${await saved.text()}`);
}

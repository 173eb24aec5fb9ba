import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { sectionIds } from '../../domain/charter/charter.ts';
import { isLong, rest } from './support/intensity.ts';
import { addressAt, send } from './support/send.ts';
import { openSite, type SharePointSite } from './support/sharepoint.ts';
import { startTarget, troublesIn, type Target, type TargetCommunity } from './support/target.ts';
import { percentile } from './support/percentile.ts';
import { startWork } from './support/work.ts';

/**
 * Texts that are short to write and long to read, in all sections of a charter: saved in the tab, or written into the
 * list by a member who opens it in SharePoint. Whoever reads them, as a file or on the screen, holds up nobody else.
 */
let target: Target;
let bombed: TargetCommunity;
let elsewhere: TargetCommunity;
let site: SharePointSite;
let turn = 0;
beforeAll(async () => {
  // Some who read the bombs, and one for each test who works elsewhere: nobody asks more in a minute than a person may.
  target = await startTarget({ others: 2 * bombs.length });
  [bombed, elsewhere] = target.communities;
  for (const section of sectionIds) {
    const saved = await target.ask(bombed.coordinator, api.saveSection, {
      community: bombed,
      params: { section },
      body: { text: 'We help each other.' },
      headers: { 'If-None-Match': '*' },
    });
    expect(saved.status).toBe(200);
  }
  site = await openSite(target, bombed, bombed.member);
}, 60_000);
afterAll(() => target?.stop());

const most = 19_000;
const filled = (piece: string): string => piece.repeat(Math.floor(most / piece.length));
const bombs = [
  { name: 'twenty thousand quotations within each other', text: filled('>'), short: true },
  { name: 'five thousand headings', text: filled('a\n=\n'), short: true },
  { name: 'ten thousand beginnings of emphasis', text: filled('_*'), short: true },
  { name: 'links within links', text: filled('[a]('), short: true },
  {
    name: 'lists within lists',
    text: Array.from({ length: 180 }, (_none, depth) => `${' '.repeat(depth)}- x`).join('\n'),
    short: false,
  },
  { name: 'nothing but empty lines', text: `a${filled('\n')}b`, short: false },
  { name: 'brackets without an end', text: filled('['), short: false },
  { name: 'images within links', text: filled('[![a]('), short: false },
  {
    name: 'a table of a thousand columns',
    text: `${'|a'.repeat(1500)}|\n${'|-'.repeat(1500)}|\n${'|b'.repeat(1500)}|`,
    short: false,
  },
  { name: 'thousands of rows of a table', text: `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(2500)}`, short: false },
  {
    name: 'backticks that never match',
    text: Array.from({ length: 180 }, (_none, length) => '`'.repeat(length + 1)).join(' '),
    short: false,
  },
  { name: 'entities', text: filled('&#x202e;'), short: false },
  { name: 'definitions of the same link', text: filled('[a]: b\n'), short: false },
  { name: 'one word without an end', text: filled('x'), short: false },
  { name: 'all writing systems at once', text: filled('aא漢𝒳\u0301\u202e '), short: false },
].filter(({ short }) => short || isLong);

/** Answers that are an answer: the file, or a refusal with its reason. */
const acceptable = [200, 400, 409, 413, 422, 429];

async function whileOthersWork<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly health: number }> {
  const work = startWork(target, { who: elsewhere.others[turn++]!, community: elsewhere, from: addressAt(1) }, 100);
  const health: number[] = [];
  let done = false;
  const watching = (async () => {
    while (!done) {
      const { status, milliseconds } = await send({
        port: target.port,
        path: '/health',
        from: addressAt(2),
        patience: 60_000,
      });
      health.push(status === 200 ? milliseconds : Infinity);
      await rest(50);
    }
  })();
  const result = await act();
  done = true;
  await watching;
  const noticed = await work.stop();
  expect({ refusals: noticed.refusals, crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({
    refusals: [],
    crashes: [],
    troubles: [],
  });
  expect(noticed.p95 / noticed.slowed).toBeLessThan(500);
  return { result, health: percentile(health, 95) / noticed.slowed };
}

describe.each(bombs)('$name', ({ text }) => {
  test('saved in the tab: refused with a reason or kept, at once', async () => {
    const { result } = await whileOthersWork(() =>
      target.ask(bombed.coordinator, api.saveSection, {
        community: bombed,
        params: { section: 'purpose' },
        body: { text },
        headers: { 'If-Match': '"stale,1"' },
      }),
    );

    expect(acceptable).toContain(result.status);
    expect(result.milliseconds).toBeLessThan(3000);
  });

  test('written into every row in SharePoint: each kind of file and the screen answer, and nobody waits for them', async () => {
    const list = 'CoP Charter';
    for (const row of await site.rows(list)) expect(await site.change(list, row, { CopText: text })).toBe(200);

    const { result, health } = await whileOthersWork(() =>
      Promise.all([
        target.ask(bombed.member, api.charter, { community: bombed, patience: 60_000 }),
        target.ask(bombed.member, api.overview, { community: bombed, patience: 60_000 }),
        ...['docx', 'md', 'pdf'].map((format, index) =>
          target.ask(bombed.others[index]!, api.exportCharter, {
            community: bombed,
            params: { format },
            patience: 60_000,
          }),
        ),
      ]),
    );

    expect(result.map(({ status }) => status).filter(status => !acceptable.includes(status))).toEqual([]);
    expect(result.slice(0, 2).map(({ status }) => status)).toEqual([200, 200]);
    expect(health).toBeLessThan(500);
  }, 180_000);
});

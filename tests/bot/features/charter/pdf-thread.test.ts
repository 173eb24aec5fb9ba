import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CharterDocument } from '../../../../bot/features/charter/export.ts';
import { createPdfThreads } from '../../../../bot/features/charter/pdf-thread.ts';
import { failureOf } from '../../../support/requests.ts';

const words = { unshowable: 'No letters for □', page: 'Page {page} of {pages}' };
const charter: CharterDocument = { title: 'Charter', lines: [], sections: Array.from({ length: 11 }, (_, index) => ({ title: `Part ${index}`, text: 'We **share** what we know. '.repeat(200), note: '' })) };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cop-threads-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a long charter is laid out while the server goes on answering', async () => {
  const makePdf = createPdfThreads();
  const before = process.threadCpuUsage();

  const bytes = await makePdf(charter, words);

  const { user, system } = process.threadCpuUsage(before);
  expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('%PDF-1.7');
  // Milliseconds of work of this thread. Laid out in it, it is most of a second.
  expect((user + system) / 1000).toBeLessThan(250);
});

test('two are made at once, and the others in their turn', async () => {
  const makePdf = createPdfThreads({ program: await program('times', `
    const from = Date.now();
    await new Promise(resolve => setTimeout(resolve, 300));
    parentPort.postMessage(new Float64Array([from, Date.now()]));
  `) });

  const spans = (await Promise.all([1, 2, 3, 4, 5].map(() => makePdf(charter, words)))).map(times => ({ from: times[0] ?? 0, to: times[1] ?? 0 }));

  const most = Math.max(...spans.map(({ from }) => spans.filter(other => other.from <= from && other.to > from).length));
  expect(most).toBe(2);
});

test.each([
  { code: `throw new Error('a font is broken');`, why: 'a font is broken', reason: 'it throws' },
  { code: `process.exit(3);`, why: 'its thread ended with 3', reason: 'it ends' },
  { code: `for (;;);`, why: 'it took more than 1500 ms', reason: 'it never ends' },
  { code: `const all = []; for (;;) all.push(new Array(1e6).fill(all.length));`, why: 'memory', reason: 'it eats all there is' },
])('fails clearly when $reason, and the next one is made', async ({ code, why, reason }) => {
  const makePdf = createPdfThreads({ most: 1, longest: reason === 'it never ends' ? 1500 : 20_000, program: await program(reason.replaceAll(' ', '-'), `if (workerData.charter.title === 'bad') { ${code} }\nparentPort.postMessage(new Uint8Array([1]));`) });

  const failure = makePdf({ ...charter, title: 'bad' }, words).catch((error: unknown) => error);

  expect(await failure).toMatchObject({ code: 'unavailable', message: expect.stringContaining(why) });
  expect(await makePdf(charter, words)).toEqual(new Uint8Array([1]));
});

test('its failure is one that people are told about', async () => {
  const makePdf = createPdfThreads({ program: new URL('./there-is-none.ts', import.meta.url) });

  expect((await failureOf(makePdf(charter, words))).code).toBe('unavailable');
});

async function program(name: string, code: string): Promise<URL> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, `import { parentPort, workerData } from 'node:worker_threads';\n${code}`);
  return pathToFileURL(file);
}

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDocuments, type Documents, type DocumentsOptions } from '../../../bot/documents/documents.ts';
import type { DocumentContent } from '../../../bot/documents/document.ts';
import { exportFormats, type ExportFormat } from '../../../domain/charter/export.ts';
import { tooComplex } from '../../../domain/markdown-complexity.ts';

const words = { unshowable: 'No letters for □', page: 'Page {page} of {pages}' };
const begins: Readonly<Record<ExportFormat, string>> = { docx: 'PK', pdf: '%PDF-1.7', md: '# Charter' };

let folder: string;
let documents: Documents;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cop-documents-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => documents.stop());

function contentOf(text: string): DocumentContent {
  return {
    title: 'Charter',
    lines: ['Today'],
    sections: Array.from({ length: 11 }, (_, index) => ({
      title: `Part ${index}`,
      text,
      asTyped: tooComplex(text) !== null,
      note: '',
    })),
  };
}
function make(
  format: ExportFormat,
  text = 'We **share** what we know. '.repeat(200),
  person = 'priya',
): Promise<Uint8Array> {
  return documents.make({ format, content: contentOf(text), words }, person);
}
/** Milliseconds of work of this thread while something is done. */
async function workOf(act: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await act();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

describe('what comes out', () => {
  test.each(exportFormats)('a long charter as %s, while the server goes on answering', async format => {
    documents = createDocuments();
    let bytes = new Uint8Array();

    const takes = (): Promise<number> =>
      workOf(async () => {
        bytes = new Uint8Array(await make(format));
      });
    // The better of two: the first starts the other thread, on a machine that may do other things besides.
    const work = Math.min(await takes(), await takes());

    expect(new TextDecoder().decode(bytes.subarray(0, begins[format].length))).toBe(begins[format]);
    // Made in this thread, Word and PDF are most of a second.
    expect(work).toBeLessThan(400);
  });

  test.each([
    { name: 'quotations', text: '>'.repeat(20_000) },
    { name: 'underlined headings', text: 'a\n=\n'.repeat(5_000) },
    { name: 'emphasis', text: '_*'.repeat(10_000) },
    { name: 'brackets', text: '['.repeat(20_000) },
    { name: 'empty lines', text: '\n'.repeat(19_999) + 'x' },
    { name: 'a list that never ends', text: '- '.repeat(10_000) },
  ])('$name in every section: all formats still come, as typed, and nobody waits', async ({ text }) => {
    documents = createDocuments();

    const work = await workOf(async () => {
      for (const format of exportFormats) {
        const bytes = await make(format, text);
        expect(new TextDecoder().decode(bytes.subarray(0, begins[format].length))).toBe(begins[format]);
      }
    });

    // Read in this thread, the kindest of them is half a minute.
    expect(work).toBeLessThan(2_500);
  });
});

describe('limits', () => {
  test('people take turns', async () => {
    const log: string[] = [];
    documents = createDocuments({ most: 1, program: await program('names', `done(work.content.title);`) });
    const ask = (person: string, title: string) =>
      documents.make({ format: 'md', content: { ...contentOf(''), title }, words }, person).then(() => log.push(title));

    // Ben comes last, behind three of Anna's and three of Cleo's.
    await Promise.all([
      ask('anna', 'a1'),
      ask('anna', 'a2'),
      ask('anna', 'a3'),
      ask('cleo', 'c1'),
      ask('cleo', 'c2'),
      ask('cleo', 'c3'),
      ask('ben', 'b1'),
    ]);

    expect(log).toEqual(['a1', 'c1', 'b1', 'a2', 'c2', 'a3', 'c3']);
  });

  test('two are made at once, each for somebody else, and no process is started for a third', async () => {
    documents = createDocuments({ program: await program('process', `done(String(process.pid));`) });
    const ask = async (person: string) => new TextDecoder().decode(await make('md', '', person));

    const [anna, cleo, ben] = await Promise.all([ask('anna'), ask('cleo'), ask('ben')]);

    expect(anna).not.toBe(cleo);
    expect([anna, cleo]).toContain(ben);
  });

  test.each([
    { people: Array.from({ length: 5 }, () => 'anna'), context: 'documentsOfOne', reason: 'of one person' },
    {
      people: Array.from({ length: 9 }, (_, index) => `person ${index}`),
      context: 'documents',
      reason: 'of everybody',
    },
  ])('too many that wait $reason are refused at once, with when to come back', async ({ people, context }) => {
    documents = createDocuments({
      mostWaiting: 6,
      program: await program(`waits-${context}`, `await new Promise(resolve => setTimeout(resolve, 100)); done('x');`),
    });

    const results = await Promise.allSettled(people.map(person => make('md', '', person)));

    const refused = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused).toEqual([expect.objectContaining({ code: 'throttled', details: { context, retryAfter: 10 } })]);
  });

  test.each<{ name: string; code: string; error: object; limits: DocumentsOptions }>([
    {
      name: 'never ends',
      code: `for (;;);`,
      error: { code: 'too-complex', details: { context: 'documentAt', section: 'Aims' } },
      limits: { longest: 700 },
    },
    {
      name: 'eats the heap',
      code: `const all = []; for (;;) all.push(new Array(1e5).fill(all.length));`,
      error: { code: 'too-complex', details: { context: 'documentAt', section: 'Aims' } },
      limits: { heapMb: 64 },
    },
    {
      name: 'eats memory beside the heap',
      code: `const all = []; for (let i = 0; ; i++) { all.push(Buffer.alloc(8e6, i)); await new Promise(resolve => setTimeout(resolve, 5)); }`,
      error: { code: 'too-complex', details: { context: 'documentAt', section: 'Aims' } },
      limits: { residentMb: 250 },
    },
    {
      name: 'throws',
      code: `throw new Error('a font is broken');`,
      error: {
        code: 'unavailable',
        message: expect.stringContaining('a font is broken'),
        details: { context: 'document' },
      },
      limits: {},
    },
    {
      name: 'ends',
      code: `process.exit(3);`,
      error: { code: 'unavailable', message: expect.stringContaining('ended with 3') },
      limits: {},
    },
  ])('one that $name is ended and named, and the next one is made', async ({ name, code, error, limits }) => {
    documents = createDocuments({
      most: 1,
      ...limits,
      program: await program(
        name.replaceAll(' ', '-'),
        `if (work.content.title === 'bad') { process.send({ is: 'section', section: 'Aims' }); ${code} }\ndone('fine');`,
      ),
    });

    const bad = documents.make({ format: 'pdf', content: { ...contentOf(''), title: 'bad' }, words }, 'anna');

    await expect(bad).rejects.toMatchObject(error);
    expect(new TextDecoder().decode(await make('pdf', '', 'ben'))).toBe('fine');
  });

  test('a program that is not there is said, too', async () => {
    documents = createDocuments({ program: new URL('./there-is-none.ts', import.meta.url) });

    await expect(make('pdf')).rejects.toMatchObject({ code: 'unavailable', details: { context: 'document' } });
  });
});

describe('the process', () => {
  test('knows no secrets, writes nowhere and starts nothing', async () => {
    const file = join(folder, 'written');
    documents = createDocuments({
      program: await program(
        'curious',
        `
      const tried = [];
      for (const act of [async () => (await import('node:fs')).writeFileSync(${JSON.stringify(file)}, 'x'), async () => (await import('node:child_process')).execSync('true'), async () => new (await import('node:worker_threads')).Worker('1', { eval: true })]) {
        try { await act(); tried.push('done'); } catch (error) { tried.push(error.code); }
      }
      done(JSON.stringify({ tried, names: Object.keys(process.env) }));
    `,
      ),
    });

    expect(JSON.parse(new TextDecoder().decode(await make('md', '')))).toEqual({
      tried: ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED'],
      names: expect.not.arrayContaining(['PATH', 'HOME']),
    });
    expect(await readdir(folder)).not.toContain('written');
  });

  test('serves one after the other, and is ended when it has had nothing to do for a while, or the server stops', async () => {
    documents = createDocuments({ idle: 300, program: await program('pid', `done(String(process.pid));`) });
    const pid = async (): Promise<number> => Number(new TextDecoder().decode(await make('md', '')));

    const [first, second] = [await pid(), await pid()];
    await ended(first);
    const third = await pid();
    documents.stop();
    await ended(third);

    expect([second === first, third === first]).toEqual([true, false]);
  });

  test('one that died while it rested is replaced', async () => {
    documents = createDocuments({ program: await program('dies', `done(String(process.pid));`) });
    const pid = async (): Promise<number> => Number(new TextDecoder().decode(await make('md', '')));
    const first = await pid();
    process.kill(first, 'SIGKILL');
    await ended(first);

    expect(await pid()).not.toBe(first);
  });

  test('stopping fails what is being made and what waits', async () => {
    documents = createDocuments({ most: 1, program: await program('for-ever', `for (;;);`) });
    const all = Promise.allSettled([make('md', '', 'anna'), make('md', '', 'ben')]);

    documents.stop();

    expect((await all).map(result => result.status)).toEqual(['rejected', 'rejected']);
  });
});

async function ended(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`process ${pid} goes on`);
}

/** A process that does `code` with the `work` it is given, and answers with `done(text)`. */
async function program(name: string, code: string): Promise<URL> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(
    file,
    `process.on('disconnect', () => process.exit(0));
    const done = text => process.send({ is: 'done', bytes: new TextEncoder().encode(text) });
    process.on('message', async work => { try { ${code} } catch (error) { process.send({ is: 'failed', why: error.message }); } });`,
  );
  return pathToFileURL(file);
}

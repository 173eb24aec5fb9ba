import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Runs a few lines in a process of their own that is watched. */
function run(lines: string): Promise<{
  readonly code: number | null;
  readonly log: readonly Record<string, unknown>[];
  readonly rest: readonly string[];
}> {
  const script = `
    import { pino } from 'pino';
    import { watchProcess } from './bot/process.ts';
    const log = pino({ base: null, timestamp: false }, pino.destination({ dest: 1, sync: true }));
    let close = async () => { console.log('closed'); };
    watchProcess({ log, close: () => close(), within: 300 });
    const open = setInterval(() => {}, 1000);
    ${lines}`;
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', chunk => (text += String(chunk)));
    child.once('close', code => {
      const all = text.split('\n').filter(Boolean);
      resolve({
        code,
        log: all.filter(line => line.startsWith('{')).map(line => JSON.parse(line) as Record<string, unknown>),
        rest: all.filter(line => !line.startsWith('{')),
      });
    });
  });
}

test('a promise that fails unnoticed is logged and counted, and the process goes on', async () => {
  const { code, log, rest } = await run(`
    void Promise.reject(new Error('first'));
    setTimeout(() => void Promise.reject('second'), 20);
    setTimeout(() => { console.log('still here'); process.exit(0); }, 100);`);

  expect({ code, rest }).toEqual({ code: 0, rest: ['still here'] });
  expect(log).toEqual([
    {
      level: 50,
      error: 'first',
      stack: expect.stringContaining('first'),
      count: 1,
      msg: 'a promise failed and nobody noticed',
    },
    { level: 50, error: 'second', count: 2, msg: 'a promise failed and nobody noticed' },
  ]);
});

test('an exception that escapes ends it with its reason, after what is in flight', async () => {
  const { code, log, rest } = await run("setTimeout(() => { throw new Error('broken'); }, 10);");

  expect({ code, rest }).toEqual({ code: 1, rest: ['closed'] });
  expect(log).toEqual([
    {
      level: 60,
      error: 'broken',
      stack: expect.stringContaining('broken'),
      msg: 'an exception escaped: the server ends',
    },
  ]);
});

test.each([
  { close: 'new Promise(() => {})', reason: 'never ends' },
  { close: "Promise.reject(new Error('cannot close'))", reason: 'fails' },
])('also when closing $reason', async ({ close }) => {
  const { code } = await run(`close = () => ${close}; setTimeout(() => { throw new Error('broken'); }, 10);`);

  expect(code).toBe(1);
});

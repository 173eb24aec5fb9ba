import { beforeEach, expect, jest, test } from '@jest/globals';
import { pino, type Logger } from 'pino';
import { sparingly, type HealthPart } from '../../../bot/http/health.ts';

let lines: { msg: string; reason?: string }[];
let log: Logger;
let now: number;
beforeEach(() => {
  lines = [];
  log = pino({ base: null }, { write: line => void lines.push(JSON.parse(line) as { msg: string }) });
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});

function part(check: () => Promise<string | undefined>): HealthPart & { asked(): number } {
  let asked = 0;
  const counted = sparingly({ name: 'database', check: () => (asked++, check()) }, log);
  return { ...counted, asked: () => asked };
}

test('however often health is asked for, the part is asked once in five seconds', async () => {
  const database = part(async () => undefined);

  await Promise.all(Array.from({ length: 100 }, () => database.check()));
  now = 4999;
  await database.check();
  expect(database.asked()).toBe(1);

  now = 5001;
  await database.check();
  expect(database.asked()).toBe(2);
});

test('a part that does not work is in the log with its reason, once, and again when it works', async () => {
  const answers = ['no space left', 'no space left', undefined, undefined];
  const database = part(async () => {
    const reason = answers.shift();
    if (reason) throw new Error('it takes no writes', { cause: new Error(reason) });
    return undefined;
  });

  for (; now < 20_000; now += 5001) await database.check().catch(() => {});

  expect(lines.map(({ msg, reason }) => [msg, reason])).toEqual([
    ['a part of the server does not work', 'it takes no writes: no space left'],
    ['a part of the server works again', undefined],
  ]);
});

test('a part that never answers does not hold health up, and is not asked again meanwhile', async () => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  try {
    const database = part(() => new Promise(() => {}));

    for (; now < 20_000; now += 5001) {
      const checked = expect(database.check()).rejects.toThrow('no answer within 5 seconds');
      await jest.advanceTimersByTimeAsync(5000);
      await checked;
    }

    expect(database.asked()).toBe(1);
  } finally {
    jest.useRealTimers();
  }
});

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { Writable } from 'node:stream';
import { createNoise, type Noise, type Sender } from '../../../bot/http/noise.ts';

let lines: Record<string, unknown>[];
let noise: Noise;
beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const { level: _level, time: _time, ...line } = JSON.parse(chunk.toString()) as Record<string, unknown>;
      lines.push(line);
      done();
    },
  });
  noise = createNoise({ log: pino({ base: null }, stream), addressOf: ({ socket }) => String(socket.remoteAddress) });
});
afterEach(() => {
  jest.useRealTimers();
});

function from(remoteAddress: string): Sender {
  return { headers: {}, socket: { remoteAddress } as Sender['socket'] };
}

test('a thousand times the same from one address is two lines in a minute', () => {
  for (let index = 0; index < 1000; index++) noise(from('192.0.2.1'), 'a request was refused', { status: 401 });
  jest.advanceTimersByTime(60_000);

  expect(lines).toEqual([
    { status: 401, address: '192.0.2.1', msg: 'a request was refused' },
    { address: '192.0.2.1', again: 999, msg: 'a request was refused' },
  ]);
});

test('a minute later it is said again, and what came once is not counted', () => {
  noise(from('192.0.2.1'), 'a request was refused', {});
  jest.advanceTimersByTime(60_000);
  noise(from('192.0.2.1'), 'a request was refused', {});

  expect(lines.map(({ msg }) => msg)).toEqual(['a request was refused', 'a request was refused']);
});

test('other addresses and other kinds have lines of their own', () => {
  noise(from('192.0.2.1'), 'a request was refused', {});
  noise(from('192.0.2.2'), 'a request was refused', {});
  noise(from('192.0.2.1'), 'a request could not be read', {});

  expect(lines).toHaveLength(3);
});

test('ten thousand addresses do not fill the log either', () => {
  for (let index = 0; index < 10_000; index++)
    noise(from(`10.0.${index >> 8}.${index & 255}`), 'a request was refused', {});
  jest.advanceTimersByTime(60_000);

  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toEqual({ again: 9900, msg: 'more was refused, from further addresses' });
});

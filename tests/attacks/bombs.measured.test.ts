import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { api } from '../../domain/api.ts';
import type { Memory } from '../../infra/local/instances.ts';
import { howMany, isLong, rest } from './support/intensity.ts';
import { openWire, send, statusIn, type Answer, type Wire } from './support/send.ts';
import { pathOf, startTarget, troublesIn, type Target, type TargetCommunity } from './support/target.ts';
import { startWork, type Noticed } from './support/work.ts';

/**
 * What is small to send and dear to read, from an address of its own, while somebody else works on: they notice
 * nothing, and the server keeps nothing of it.
 */
let target: Target;
let community: TargetCommunity;
let work: ReturnType<typeof startWork>;
let memory: Memory;
let turn = 0;
/** Opened first and looked at last, because they are slow. */
let slow: { readonly threat: string; readonly wire: Wire; stop(): void }[];
beforeAll(async () => {
  // Each test has somebody of its own who works, so that nobody asks more in a minute than a person may.
  target = await startTarget({ others: 30 });
  [community] = target.communities;
  // What comes for the first time makes room that stays.
  for (let round = 0; round < 5; round++) await bothDoors({ body: '{}' });
  await Promise.all(
    [1, 2, 3].map(() => bothDoors({ body: form(20), headers: { 'Content-Type': 'multipart/form-data; boundary=x' } })),
  );
  await pour('GET /health HTTP/1.1\r\nHost: x\r\n');
  const undisturbed = await startWork(target, { who: community.member, community, from: here }).stop();
  bearable = Math.max(300, 3 * undisturbed.p95);
  memory = await target.memory();
}, 60_000);
afterAll(async () => {
  for (const { stop, wire } of slow ?? []) {
    stop();
    wire.socket.destroy();
  }
  await target?.stop();
});
beforeEach(() => {
  work = startWork(target, { who: community.others[turn++ % 30]!, community, from: here });
});
afterEach(async () => {
  // A test that failed before it stopped the work.
  await work?.stop();
});

const here = '127.0.0.1';
/** Where attackers sit. */
const there = process.platform === 'linux' ? '127.66.0.1' : here;
/**
 * Within how many milliseconds 95 of 100 answers have to come: 300, or what a machine that does other things besides
 * makes of it.
 */
let bearable: number;

function unharmed(noticed: Noticed): void {
  expect({ refusals: noticed.refusals, crashes: target.crashes, troubles: troublesIn(target.log) }).toEqual({
    refusals: [],
    crashes: [],
    troubles: [],
  });
  expect(noticed.p95 / noticed.slowed).toBeLessThan(bearable);
}

interface Bomb {
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it comes with tokens that are good. */
  readonly signed?: boolean;
}

async function bothDoors({ body, headers = {}, signed = false }: Bomb): Promise<readonly Answer[]> {
  const { entra, url } = target.microsoft365;
  const bearer = async (token: Promise<string>): Promise<object> =>
    signed ? { Authorization: `Bearer ${await token}` } : {};
  const common = { port: target.port, from: there, body };
  return Promise.all([
    send({
      ...common,
      method: 'POST',
      path: '/api/messages',
      headers: {
        'Content-Type': 'application/json',
        ...headers,
        ...(await bearer(entra.signToBot(`${url}/connector/`))),
      },
    }),
    send({
      ...common,
      method: 'PUT',
      path: pathOf(api.saveSection, { community: community.team.id, section: 'purpose' }),
      headers: {
        'Content-Type': 'application/json',
        'If-None-Match': '*',
        ...headers,
        ...(await bearer(entra.issueTabToken(community.coordinator.id))),
      },
    }),
    send({ ...common, path: '/health', headers: { 'Content-Type': 'application/json', ...headers } }),
  ]);
}

describe('while somebody works on', () => {
  beforeAll(async () => {
    slow = await Promise.all([
      trickle('a header a letter at a time', 'GET /health HTTP/1.1\r\nHost: x\r\nX-A: ', 'a'),
      trickle('headers without an end', 'GET /health HTTP/1.1\r\nHost: x\r\n', 'X-A: a\r\n'),
      trickle(
        'a body a letter at a time',
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{',
        ' ',
      ),
      trickle(
        'a body in pieces of one letter',
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        '1\r\n \r\n',
      ),
      trickle(
        'a body of a stranger for a page that takes none',
        'GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n',
        ' ',
      ),
      trickle('a connection on which nobody speaks', '', ''),
    ]);
  });

  test.each<{ threat: string; bomb(): Bomb }>([
    {
      threat: 'gzip that is a thousand times as much',
      bomb: () => ({
        body: gzipSync(Buffer.alloc(howMany({ short: 60, long: 250 }) * 1024 * 1024, 0x20)),
        headers: { 'Content-Encoding': 'gzip' },
      }),
    },
    {
      threat: 'gzip within gzip',
      bomb: () => ({
        body: gzipSync(gzipSync(Buffer.alloc(20 * 1024 * 1024))),
        headers: { 'Content-Encoding': 'gzip, gzip' },
      }),
    },
    {
      threat: 'a form with a file of 20 MB',
      bomb: () => ({ body: form(20), headers: { 'Content-Type': 'multipart/form-data; boundary=x' } }),
    },
    {
      threat: 'a form with ten thousand fields',
      bomb: () => ({
        body: Array.from({ length: 10_000 }, (_none, index) => `a[${index}][b][c]=1`).join('&'),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
    },
    {
      threat: 'a table of a hundred thousand columns',
      bomb: () => ({ body: `${'a,'.repeat(100_000)}\n`, headers: { 'Content-Type': 'text/csv' } }),
    },
    { threat: 'JSON a hundred thousand deep', bomb: () => ({ body: '['.repeat(100_000) + ']'.repeat(100_000) }) },
    {
      threat: 'signed JSON a hundred thousand deep',
      bomb: () => ({ body: '['.repeat(100_000) + ']'.repeat(100_000), signed: true }),
    },
    {
      threat: 'signed JSON a hundred thousand objects deep',
      bomb: () => ({ body: `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`, signed: true }),
    },
    {
      threat: 'signed JSON of a hundred thousand names',
      bomb: () => ({
        body: `{${Array.from({ length: 20_000 }, (_none, index) => `"n${index}":1`).join()}}`,
        signed: true,
      }),
    },
    {
      threat: 'a signed number of two hundred thousand digits',
      bomb: () => ({ body: `{"text":${'9'.repeat(200_000)}}`, signed: true }),
    },
    {
      threat: 'a signed text one letter over the limit',
      bomb: () => ({ body: `{"text":"${'x'.repeat(256 * 1024)}"}`, signed: true }),
    },
  ])('$threat is refused at once', async ({ bomb }) => {
    const given = bomb();
    const answers = (
      await Promise.all(Array.from({ length: howMany({ short: 3, long: 6 }) }, () => bothDoors(given)))
    ).flat();
    const noticed = await work.stop();

    unharmed(noticed);
    // 0: whoever sends on after the refusal loses the connection, and may not hear it.
    const expected = [0, 200, 400, 401, 413, 415, 429];
    expect(answers.map(({ status }) => status).filter(status => !expected.includes(status))).toEqual([]);
    expect(Math.max(...answers.map(({ milliseconds }) => milliseconds))).toBeLessThan(10_000);
    expect(await target.leftovers()).toEqual([]);
  });

  test.each([
    {
      threat: 'a body without an end for the bot',
      head: 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
      signed: false,
    },
    {
      threat: 'a signed body without an end for the bot',
      head: 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
      signed: true,
    },
    { threat: 'a body without an end for /health', head: 'GET /health HTTP/1.1\r\nHost: x\r\n', signed: false },
    {
      threat: 'a form without an end',
      head: 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n',
      signed: false,
    },
    {
      threat: 'a body without an end for a page that is not there',
      head: 'POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
      signed: false,
    },
  ])(
    '$threat is cut off within a few megabytes, whatever its length is said to be',
    async ({ head, signed }) => {
      const token = await target.microsoft365.entra.signToBot(`${target.microsoft365.url}/connector/`);
      const poured = await pour(signed ? `${head}Authorization: Bearer ${token}\r\n` : head);
      const noticed = await work.stop();

      unharmed(noticed);
      // What lies in the two machines' buffers has left the sender, and was not read.
      expect({ cut: poured.cut, little: poured.taken < 12e6, taken: poured.taken }).toEqual({
        cut: true,
        little: true,
        taken: poured.taken,
      });
      // /health answers without having read it, and then hangs up.
      expect([0, 200, 400, 401, 404, 405, 413, 415]).toContain(poured.status);
      expect(await target.leftovers()).toEqual([]);
    },
    60_000,
  );

  test('many connections from one address that say nothing leave room for others', async () => {
    const wires = await Promise.all(
      Array.from({ length: howMany({ short: 300, long: 3000 }) }, () => openWire(target.port, there)),
    );
    for (const { socket } of wires) socket.write('GET /health HTTP/1.1\r\nX-A: ');
    await rest(2000);
    const noticed = await work.stop();
    for (const { socket } of wires) socket.destroy();

    unharmed(noticed);
  }, 60_000);

  test('many connections from many addresses that say nothing leave room for others', async () => {
    const wires = await Promise.all(
      Array.from({ length: howMany({ short: 300, long: 3000 }) }, (_none, index) =>
        openWire(target.port, there === here ? here : `127.67.${index % 250}.1`),
      ),
    );
    await rest(2000);
    const noticed = await work.stop();
    for (const { socket } of wires) socket.destroy();

    unharmed(noticed);
  }, 60_000);

  test('whoever is slow is cut off, in their headers, in their body and in their silence', async () => {
    const patience = isLong ? 120_000 : 40_000;
    await work.stop();
    const working = startWork(target, { who: community.coordinator, community, from: here }, 500);
    const waited = await Promise.all(
      slow.map(async ({ threat, wire }) => ({
        threat,
        cut: await Promise.race([wire.ended.then(() => true), rest(patience).then(() => false)]),
      })),
    );
    const noticed = await working.stop();

    expect(waited.filter(({ cut }) => !cut)).toEqual([]);
    unharmed(noticed);
  }, 150_000);

  test('and after all of it the memory is where it was', async () => {
    await work.stop();
    // What works meanwhile is compiled and remembered: 7 MB were measured.
    // The room that V8 keeps for as much again follows the highest tide, which depends on what else the machine does:
    // 60 to 101 MB were measured. Hundreds of megabytes had been sent, so whatever keeps them is still seen.
    const limits = { held: 12e6, occupied: 160e6 };
    const grown = await target.grownSince(memory, limits);

    expect(grown.held).toBeLessThan(limits.held);
    expect(grown.occupied).toBeLessThan(limits.occupied);
  });
});

/** A form with one file of so many megabytes. */
function form(megabytes: number): Buffer {
  const part = Buffer.from(
    '--x\r\nContent-Disposition: form-data; name="file"; filename="file.bin"\r\nContent-Type: application/octet-stream\r\n\r\n',
  );
  return Buffer.concat([part, Buffer.alloc(megabytes * 1024 * 1024, 0x61), Buffer.from('\r\n--x--\r\n')]);
}

/** Says the beginning, and then a little every second. */
async function trickle(
  threat: string,
  beginning: string,
  little: string,
): Promise<{ threat: string; wire: Wire; stop(): void }> {
  const wire = await openWire(target.port, there);
  wire.socket.write(beginning);
  const timer = setInterval(() => little !== '' && !wire.socket.destroyed && wire.socket.write(little), 1000);
  void wire.ended.then(() => clearInterval(timer));
  return { threat, wire, stop: () => clearInterval(timer) };
}

/** Sends chunks until the server hangs up or a gigabyte has gone. */
async function pour(head: string): Promise<{ cut: boolean; taken: number; status: number }> {
  const wire = await openWire(target.port, there);
  const { socket } = wire;
  const megabyte = Buffer.alloc(1024 * 1024, 0x61);
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), megabyte, Buffer.from('\r\n')]);
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const most = howMany({ short: 100, long: 1024 });
  let sent = 0;
  while (sent < most && !socket.destroyed) {
    sent += 1;
    if (!socket.write(chunk))
      await Promise.race([new Promise(resolve => socket.once('drain', resolve)), wire.ended, rest(5000)]);
  }
  const cut = socket.destroyed || (await Promise.race([wire.ended.then(() => true), rest(2000).then(() => false)]));
  const result = { cut, taken: wire.taken(), status: statusIn(wire.heard()) };
  socket.destroy();
  return result;
}

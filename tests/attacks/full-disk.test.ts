import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { budgets, prices } from '../../bot/http/limits.ts';
import { api } from '../../domain/api.ts';
import type { User } from '../../infra/local/directory.ts';
import { eventually } from '../support/engines.ts';
import { howMany } from './support/intensity.ts';
import { send, type Answer } from './support/send.ts';
import { openSmallDisk, type SmallDisk } from './support/small-disk.ts';
import { startTarget, type Target, type TargetCommunity } from './support/target.ts';

/**
 * The disk of the embedded database fills up, by somebody's doing or nobody's. The server says so, lives on, and goes
 * on by itself when there is room again; what it had taken in is answered, what it had not, Teams is told to send
 * again. Each test goes on where the one before ended.
 */
let disk: SmallDisk;
let target: Target;
let community: TargetCommunity;
/** Words that were sent while there was no room, and what the door said to each. */
let told: readonly { readonly number: number; readonly answer: Answer }[] = [];
const words = howMany({ short: 20, long: 200 });
/** Half of what one person may type in a minute: to more there is no answer, disk or no disk. */
const each = budgets.person.points / prices.message / 2;
/** Who says them. */
let speakers: readonly User[];
beforeAll(async () => {
  disk = await openSmallDisk();
  const others = Math.ceil(words / each);
  const { folder: dataDir, nodeOptions, environment } = disk;
  target = await startTarget({ dataDir, nodeOptions, environment, others });
  [community] = target.communities;
  speakers = community.others;
  for (const { id } of speakers) await target.microsoft365.connector.says(id, 'personal', 'help');
  await eventually('the first answers', () => answers() === speakers.length);
}, 150_000);
afterAll(async () => {
  await target?.stop();
  await disk?.close();
});

async function health(): Promise<{ readonly status: number; readonly parts: Readonly<Record<string, string>> }> {
  const { status, body } = await send({ port: target.port, path: '/health' });
  return { status, parts: status === 0 ? {} : (JSON.parse(body) as { parts: Record<string, string> }).parts };
}

function answers(): number {
  const { connector } = target.microsoft365;
  return speakers
    .flatMap(({ id }) => connector.messages(`a:1${id.replaceAll('-', '')}`))
    .filter(({ from }) => from === null).length;
}

/** Twenty thousand letters that no database makes smaller: equal ones would find room where a row had been. */
function noise(): string {
  return randomBytes(15_000).toString('base64');
}

function say(number: number): Promise<Answer> {
  const speaker = speakers[number % speakers.length]!;
  return target.deliver(speaker, { type: 'message', text: `help ${number} ${noise()}` });
}

test('while there is no room, whatever comes in is either kept or told to come again, and never half taken', async () => {
  await disk.fill();

  told = await Promise.all(
    Array.from({ length: words }, async (_none, number) => ({
      number,
      answer: await say(number),
    })),
  );

  expect([...new Set(told.map(({ answer }) => answer.status))].filter(status => ![200, 503].includes(status))).toEqual(
    [],
  );
  expect(told.some(({ answer }) => answer.status === 503)).toBe(true);
  expect(target.crashes).toEqual([]);
}, 60_000);

test('/health says that it is not ready, and why', async () => {
  const { parts } = await eventually(
    '/health to notice',
    async () => {
      const found = await health();
      return found.status === 503 && found;
    },
    30_000,
  );

  expect(parts['database']).not.toBe('ready');
  expect(parts['database']).toMatch(/[a-z]{3}/i);
  expect(JSON.stringify(parts)).not.toMatch(/\n\s+at |node_modules/);
}, 40_000);

test('what needs no room goes on: whoever reads is answered', async () => {
  const answered = await Promise.all(
    [api.community, api.plan].map(endpoint => target.ask(community.member, endpoint, { community })),
  );

  expect(answered.map(({ status }) => [200, 503].includes(status))).toEqual([true, true]);
  expect(target.crashes).toEqual([]);
});

test('with room again it is ready by itself, and everything that was said is answered once', async () => {
  await disk.free();
  await eventually('/health to be well', async () => (await health()).status === 200, 40_000);
  // Teams sends again what it was told to send again.
  const again = await Promise.all(told.filter(({ answer }) => answer.status !== 200).map(({ number }) => say(number)));
  await eventually('every answer', () => answers() >= told.length + speakers.length, 40_000);

  expect([...new Set(again.map(({ status }) => status))]).toEqual([200]);
  expect(answers()).toBe(told.length + speakers.length);
  expect(target.crashes).toEqual([]);
}, 90_000);

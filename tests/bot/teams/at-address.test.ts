import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectorClient } from 'botframework-connector';
import { clouds } from '../../../bot/clouds.ts';
import { PermanentError } from '../../../bot/messages/delivery-errors.ts';
import { atAddress } from '../../../bot/teams/at-address.ts';

const [own, team, other] = ['own', 'team', 'other'].map(part => `https://smba.trafficmanager.net/${part}/`) as [
  string,
  string,
  string,
];
const global = clouds.public.globalServiceUrl ?? '';

function answer(status: number, code: string, message = ''): Error {
  const response = { bodyAsText: JSON.stringify({ error: { code, message } }), headers: { get: () => undefined } };
  return Object.assign(new Error(code), { name: 'RestError', statusCode: status, response });
}
const elsewhere = answer(403, 'BadArgument', 'User is from different region');
const unknown = answer(404, 'ConversationNotFound');

let answers: Record<string, Error | string>;
let calls: string[];
let noted: unknown[];
let asked: number;
beforeEach(() => {
  [answers, calls, noted, asked] = [{}, [], [], 0];
});

function call(addresses: readonly string[], to: 'person' | 'channel' = 'person'): Promise<unknown> {
  return atAddress(
    {
      conversations: {
        async addresses() {
          asked += 1;
          return [other, own];
        },
        noteAddress: async (...note) => void noted.push(note),
      },
      adapter: {
        async connector(serviceUrl) {
          if (serviceUrl.startsWith('http:')) throw new PermanentError('unknown', 'none of Microsoft’s');
          return {} as ConnectorClient;
        },
      },
      config: { cloud: clouds.public, localServiceUrl: null },
    },
    { addresses, of: { person: 'ann' } },
    {
      to,
      slot: async () => void calls.push('slot'),
      async make(_connector, serviceUrl) {
        calls.push(serviceUrl);
        const given = answers[serviceUrl] ?? unknown;
        if (given instanceof Error) throw given;
        return given;
      },
    },
  );
}

test('a call that is answered is made once, and nothing is asked or noted', async () => {
  answers[own] = 'taken';

  expect(await call([own, team])).toBe('taken');
  expect([calls, asked, noted]).toEqual([['slot', own], 0, []]);
});

test('a call that belongs elsewhere goes to each address once, each in a slot of its own, and what answered is noted', async () => {
  answers = { [own]: elsewhere, [team]: elsewhere, [other]: 'taken' };

  expect(await call([own, team, own])).toBe('taken');
  expect(calls).toEqual(['slot', own, 'slot', team, 'slot', other]);
  expect(noted).toEqual([[{ person: 'ann' }, other]]);
});

test('last comes the address for whom none is known', async () => {
  answers[global] = 'taken';

  expect(await call([own])).toBe('taken');
  expect(calls.filter(one => one !== 'slot')).toEqual([own, other, global]);
});

test('an address that is none of Microsoft’s is passed over', async () => {
  answers[own] = 'taken';

  expect(await call(['http://evil.example/', own])).toBe('taken');
  expect(calls).toEqual(['slot', own]);
});

describe('a call that fails everywhere', () => {
  test.each<[string, Record<string, Error>, object]>([
    [
      'waits where it belongs elsewhere, whatever the address for whom none is known says',
      { [own]: elsewhere, [other]: elsewhere, [global]: unknown },
      { name: 'RetryableError', reason: 'unavailable', message: '403 BadArgument' },
    ],
    [
      'is refused where one says more than that',
      { [own]: elsewhere, [other]: unknown, [global]: unknown },
      { name: 'PermanentError', reason: 'conversation-gone', message: '404 ConversationNotFound' },
    ],
  ])('%s', async (_what, given, expected) => {
    answers = given;

    await expect(call([own])).rejects.toMatchObject(expected);
  });
});

test.each<[string, Error]>([
  ['perhaps taken', answer(504, 'GatewayTimeout')],
  ['too many', answer(429, 'Throttled')],
  ['blocked by the person', answer(403, 'MessageWritesBlocked')],
  ['too large', answer(413, 'MessageSizeTooBig')],
])('what no other address would answer otherwise goes to no other: %s', async (_what, error) => {
  answers = { [own]: error, [other]: 'taken' };

  await expect(call([own])).rejects.toBeInstanceOf(Error);
  expect(calls).toEqual(['slot', own]);
});

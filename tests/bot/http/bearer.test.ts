import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { createBearerCheck, createKeys, type Bearer } from '../../../bot/http/bearer.ts';

const { privateKey, publicKey } = await generateKeyPair('RS256');
const published: JWK = { ...(await exportJWK(publicKey)), kid: 'ours' };

/** What Microsoft's addresses answer at the moment, and which were asked. */
let answers: Record<string, () => Response | Promise<Response>>;
let asked: string[];
let now: number;
let check: (authorization: string | undefined) => Promise<Bearer>;
beforeEach(() => {
  asked = [];
  now = 1_000_000;
  answers = {
    'https://login.example/description': () =>
      Response.json({ issuer: 'them', jwks_uri: 'https://login.example/keys' }),
    'https://login.example/keys': () => Response.json({ keys: [published] }),
  };
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const keys = createKeys({ at: { description: 'https://login.example/description' }, fetch: ask });
  check = createBearerCheck({ issuedBy: 'them', issuer: 'them', audience: 'us', clockTolerance: 0, keys });
});
afterEach(() => {
  jest.restoreAllMocks();
});
async function ask(address: unknown): Promise<Response> {
  asked.push(String(address));
  return answers[String(address)]?.() ?? new Response(null, { status: 404 });
}

function token(kid = 'ours'): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer('them')
    .setAudience('us')
    .setExpirationTime('1h')
    .sign(privateKey);
}
async function outcome(kid?: string): Promise<string> {
  return check(`Bearer ${await token(kid)}`).then(
    () => 'good',
    (error: { code: string }) => error.code,
  );
}

test('keys are looked for where the description says, once, however many ask', async () => {
  expect(await Promise.all(Array.from({ length: 20 }, () => outcome()))).toEqual(
    Array.from({ length: 20 }, () => 'good'),
  );
  expect(asked).toEqual(['https://login.example/description', 'https://login.example/keys']);
});

test('made-up names of keys cause no look after the first', async () => {
  await outcome();
  asked = [];

  expect(new Set(await Promise.all(Array.from({ length: 50 }, (_, index) => outcome(`made-up-${index}`))))).toEqual(
    new Set(['sign-in-needed']),
  );
  expect(asked).toEqual([]);
});

describe('keys that roll', () => {
  const minute = 60_000;
  const hour = 60 * minute;
  const nobodys: JWK = { ...published, kid: 'nobody’s' };
  const publish = (...kids: string[]): void => {
    answers['https://login.example/keys'] = () => Response.json({ keys: kids.map(kid => ({ ...published, kid })) });
  };

  test('a new one is looked for when a token names it, and one after it half a minute later', async () => {
    await outcome();
    now += minute;
    publish('ours', 'second');
    expect(await outcome('second')).toBe('good');

    publish('ours', 'second', 'third');
    expect(await outcome('third')).toBe('sign-in-needed');
    now += minute;
    expect([await outcome('third'), await outcome('second'), await outcome()]).toEqual(['good', 'good', 'good']);
  });

  test('one that was withdrawn is refused when an hour is over, and the keys are read once for that', async () => {
    await outcome();
    publish('second');
    now += hour - 1;
    expect(await outcome()).toBe('good');
    asked = [];

    now += 1;
    expect([await outcome(), await outcome(), await outcome('second')]).toEqual([
      'sign-in-needed',
      'sign-in-needed',
      'good',
    ]);
    expect(asked).toEqual(['https://login.example/description', 'https://login.example/keys']);
  });

  test('keys that cannot be read again go on for a day, and are asked for now and then', async () => {
    await outcome();
    answers['https://login.example/keys'] = () => new Response(null, { status: 500 });
    asked = [];

    now += 2 * hour;
    expect([await outcome(), await outcome(), await outcome()]).toEqual(['good', 'good', 'good']);
    expect(asked).toEqual(['https://login.example/description', 'https://login.example/keys']);
    now += 5 * minute;
    expect(await outcome()).toBe('good');
    expect(asked).toHaveLength(4);
    now += 24 * hour;
    expect(await outcome()).toBe('unavailable');
  });

  test('they are found where the description says by then', async () => {
    await outcome();
    answers['https://login.example/description'] = () => Response.json({ jwks_uri: 'https://elsewhere.example/keys' });
    answers['https://elsewhere.example/keys'] = () =>
      Response.json({ keys: [nobodys, { ...published, kid: 'moved' }] });
    now += minute;

    expect(await outcome('moved')).toBe('good');
  });
});

describe('while the keys cannot be read', () => {
  test.each([
    { answer: () => new Response(null, { status: 500 }), reason: 'an error' },
    { answer: () => new Response('<html>'), reason: 'something else than JSON' },
    { answer: () => Response.json({ keys: 'none' }), reason: 'something else than keys' },
    { answer: () => Promise.reject(new TypeError('fetch failed')), reason: 'nothing' },
  ])('$reason: a token is neither good nor bad', async ({ answer }) => {
    for (const address of ['https://login.example/description', 'https://login.example/keys']) {
      const before = answers[address];
      answers[address] = answer;
      now += 60_000;
      expect(await outcome()).toBe('unavailable');
      if (before) answers[address] = before;
    }
  });

  test('nobody is asked again for ten seconds, and then all is well', async () => {
    answers['https://login.example/description'] = () => new Response(null, { status: 503 });
    await outcome();
    asked = [];

    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => outcome())))).toEqual(new Set(['unavailable']));
    expect(asked).toEqual([]);

    answers['https://login.example/description'] = () => Response.json({ jwks_uri: 'https://login.example/keys' });
    now += 10_000;
    expect(await outcome()).toBe('good');
  });

  test('who signs with a key that is known is let in all the same', async () => {
    await outcome();
    answers['https://login.example/keys'] = () => Promise.reject(new TypeError('fetch failed'));

    expect(await outcome()).toBe('good');
  });
});

test.each(['Basic x', 'bearer', 'Bearer', 'Bearer a b', 'Bearer  ', '', undefined])(
  '%p is no token',
  async authorization => {
    await expect(check(authorization)).rejects.toMatchObject({ code: 'sign-in-needed' });
    expect(asked).toEqual([]);
  },
);

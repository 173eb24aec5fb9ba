import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { NetworkClient } from '../../../bot/graph/entra.ts';
import { createEntraClient } from '../../../bot/graph/entra.ts';
import { createChecks } from '../../../bot/checks/checks.ts';
import { sparingly, type HealthPart } from '../../../bot/http/health.ts';
import { localConfig } from '../../../infra/local/product.ts';
import { refusing } from './stage.ts';

const log = pino({ level: 'silent' });
let now: number;
beforeEach(() => {
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});

/** The part of /health/ready, and how often Entra was asked. */
function signIn(network: NetworkClient): HealthPart & { asked(): number } {
  let asked = 0;
  const networkClient: NetworkClient = {
    ...network,
    sendPostRequestAsync: (...request) => (asked++, network.sendPostRequestAsync(...request)),
  };
  const config = localConfig({ microsoft365Url: 'http://localhost:1', port: 0, dataDir: '.data' });
  const client = createEntraClient(config, networkClient);
  const parts = { config, client, db: null, fetch, graph: {} as never, channelTabs: {} as never };
  return { ...sparingly(createChecks(parts).signIn, log, 60_000), asked: () => asked };
}

/** Entra that gives a token which is good for an hour. */
const giving: NetworkClient = {
  sendGetRequestAsync: () => Promise.reject(new Error('nobody asks this')),
  sendPostRequestAsync: async () => ({
    headers: {},
    status: 200,
    body: { token_type: 'Bearer', expires_in: 3599, access_token: 'a token' } as never,
  }),
};

describe('whether Entra believes that the app is the app', () => {
  test('is asked for once in an hour while it does, however often somebody looks', async () => {
    const part = signIn(giving);

    for (; now < 1_800_000; now += 1000) await part.check();

    // One token for each of the two services.
    expect(part.asked()).toBe(2);
  });

  test('is asked for once in a minute while it does not, by however many at once', async () => {
    const part = signIn(refusing(7000215));

    for (; now < 180_000; now += 1000)
      await Promise.all(
        Array.from({ length: 20 }, () => expect(part.check()).rejects.toThrow('graph-token: secret-wrong')),
      );

    expect(part.asked()).toBe(6);
  });

  test('is not known while Entra does not answer, which makes nothing fail: Teams may still send', async () => {
    const part = signIn({ ...giving, sendPostRequestAsync: () => Promise.reject(new TypeError('fetch failed')) });

    expect(await part.check()).toBe('not known, Entra did not answer');
  });

  test('nor while it holds the line for ever', async () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    try {
      const part = signIn({ ...giving, sendPostRequestAsync: () => new Promise(() => {}) });
      const checked = part.check();
      await jest.advanceTimersByTimeAsync(4500);

      expect(await checked).toBe('not known, Entra did not answer');
    } finally {
      jest.useRealTimers();
    }
  });
});

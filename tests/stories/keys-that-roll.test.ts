import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { enveloped } from '../../infra/local/connector/activities.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { startSystem, type System } from '../support/system.ts';

/** Microsoft's keys roll while the product runs, twice within an hour as well: nobody is locked out, nobody let in. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
  // Tokens and keys keep real time, so it is the machine's that goes on.
  jest.useFakeTimers({ now: Date.now(), doNotFake: allButDate });
});
afterAll(async () => {
  jest.useRealTimers();
  await system.stop();
});

const allButDate = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];
const minute = 60_000;
function later(milliseconds: number): void {
  jest.setSystemTime(Date.now() + milliseconds);
}
const priya = samplePeople[0]!;
const serviceUrl = (): string => `${system.microsoft365.url}/connector/`;

const doors = {
  people: {
    token: () => system.microsoft365.entra.issueTabToken(priya.id),
    async knock(token: string): Promise<number> {
      const path = api.settings.path.replace('{community}', system.team);
      return (await fetch(system.productUrl + path, { headers: { Authorization: `Bearer ${token}` } })).status;
    },
  },
  bots: {
    token: () => system.microsoft365.entra.signToBot(serviceUrl()),
    async knock(token: string): Promise<number> {
      const activity = enveloped(
        { type: 'typing' },
        {
          user: priya,
          serviceUrl: serviceUrl(),
          now: system.microsoft365.clock.now(),
          id: 'f:1',
          conversation: { id: 'a:chat', kind: 'personal' },
        },
      );
      const response = await fetch(`${system.productUrl}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(activity),
      });
      return response.status;
    },
  },
} as const;

describe.each(['people', 'bots'] as const)('the keys that sign for %s', signer => {
  const { token, knock } = doors[signer];

  test('roll twice within a few minutes, and every token is good', async () => {
    const first = await token();
    expect(await knock(first)).toBe(200);

    later(minute);
    await system.microsoft365.entra.keys[signer].roll();
    const second = await token();
    expect(await knock(second)).toBe(200);

    later(minute);
    await system.microsoft365.entra.keys[signer].roll();
    expect([await knock(await token()), await knock(second), await knock(first)]).toEqual([200, 200, 200]);
  });

  test('are withdrawn: what they signed is refused within the hour, and the present one is good', async () => {
    later(120 * minute);
    expect(await knock(await token())).toBe(200);
    later(50 * minute);
    const before = await token();
    expect(await knock(before)).toBe(200);

    await system.microsoft365.entra.keys[signer].roll();
    system.microsoft365.entra.keys[signer].withdrawEarlier();
    later(10 * minute);

    expect([await knock(before), await knock(await token())]).toEqual([401, 200]);
  });
});

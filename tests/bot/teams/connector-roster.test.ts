import { describe, expect, test } from '@jest/globals';
import { clouds } from '../../../bot/clouds.ts';
import type { Adapter } from '../../../bot/teams/adapter.ts';
import { createConnectorRoster } from '../../../bot/teams/connector-roster.ts';

const team = { channelId: '19:plan', generalChannelId: '19:general', serviceUrl: 'https://smba.example/emea/' };

const config = { cloud: { ...clouds.public, globalServiceUrl: null }, localServiceUrl: null };
const referencesOf = (known: typeof team | undefined) => ({
  teamOf: async () => known,
  addresses: async () => ['https://smba.example/amer/'],
  noteAddress: async () => {},
});

/** A connector that answers each page in turn, and who asked for what. */
function rosterOf(answers: readonly (object | Error)[], known: typeof team | undefined = team) {
  const asked: unknown[] = [];
  const conversations = {
    async getConversationPagedMembers(id: string, options: unknown) {
      const answer = answers[asked.length];
      asked.push([id, options]);
      if (answer instanceof Error || answer === undefined) throw answer ?? new Error('asked too often');
      return answer;
    },
  };
  const adapter = { connector: async () => ({ conversations }) } as unknown as Pick<Adapter, 'connector'>;
  return { asked, roster: createConnectorRoster({ conversations: referencesOf(known), adapter, config }) };
}
const failure = (statusCode: number) => Object.assign(new Error('refused'), { statusCode });

describe('the people of a team', () => {
  test('are read page by page, by whichever name Teams gives their id', async () => {
    const { roster, asked } = rosterOf([
      { members: [{ id: '29:a', objectId: 'ann', name: 'Ann' }], continuationToken: 'next' },
      { members: [{ id: '29:b', aadObjectId: 'ben', name: null }, { id: '29:c' }] },
    ]);

    expect(await roster.members('here')).toEqual([
      { id: 'ann', name: 'Ann' },
      { id: 'ben', name: '' },
    ]);
    expect(asked).toEqual([
      ['19:general', undefined],
      ['19:general', { pageSize: 500, continuationToken: 'next' }],
    ]);
  });

  test.each([403, 404])('are nobody when the connector answers %i: the app is not there', async status => {
    expect(await rosterOf([failure(status), failure(status)]).roster.members('here')).toBeUndefined();
  });

  test('are asked for at the other addresses, where the team’s own refuses', async () => {
    const { roster, asked } = rosterOf([failure(403), { members: [{ id: '29:a', objectId: 'ann', name: 'Ann' }] }]);

    expect(await roster.members('here')).toEqual([{ id: 'ann', name: 'Ann' }]);
    expect(asked).toHaveLength(2);
  });

  test('are nobody of a team that the app is not in', async () => {
    const adapter = { connector: () => Promise.reject(new Error('not to be asked')) };

    expect(
      await createConnectorRoster({ conversations: referencesOf(undefined), adapter, config }).members('here'),
    ).toBeUndefined();
  });

  test.each([
    ['a fault', failure(500)],
    ['no answer', new Error('reset')],
    ['something else', { people: [] }],
  ])('are not known after %s', async (_what, answer) => {
    await expect(rosterOf([answer]).roster.members('here')).rejects.toThrow();
  });
});

describe('the addresses of a team', () => {
  test('are read page by page, as many as Teams gives of each', async () => {
    const { roster } = rosterOf([
      {
        members: [{ id: '29:a', objectId: 'ann', email: 'ann@example.org', userPrincipalName: 'a1@example.org' }],
        continuationToken: 'next',
      },
      { members: [{ id: '29:b', aadObjectId: 'ben', email: null, userPrincipalName: '' }, { id: '29:c' }] },
    ]);

    expect(await roster.addresses('here')).toEqual(
      new Map([
        ['ann', ['ann@example.org', 'a1@example.org']],
        ['ben', []],
      ]),
    );
  });

  test('are none where the app is not in the team', async () => {
    expect(await rosterOf([failure(404), failure(404)]).roster.addresses('here')).toEqual(new Map());
  });
});

describe('one person of a team', () => {
  function rosterThatSays(answer: object | Error) {
    const conversations = {
      async getConversationMember() {
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
    const adapter = { connector: async () => ({ conversations }) } as unknown as Pick<Adapter, 'connector'>;
    return createConnectorRoster({ conversations: referencesOf(team), adapter, config });
  }
  const memberOf = (answer: object | Error) => rosterThatSays(answer).member('here', 'ann');

  test.each([
    [
      'by the name that Entra knows them by',
      { aadObjectId: 'ann', userPrincipalName: 'ann@example.org' },
      'ann@example.org',
    ],
    ['not, where Teams does not say it', { aadObjectId: 'ann' }, undefined],
    ['not, when they are not in the team', failure(404), undefined],
  ])('is found %s', async (_reason, answer, name) => {
    expect(await rosterThatSays(answer).principalName('here', 'ann')).toBe(name);
  });

  test('is there, under the id that was asked for', async () => {
    expect(await memberOf({ id: '29:a', objectId: 'ann', name: 'Ann' })).toEqual({ id: 'ann', name: 'Ann' });
  });

  test.each([403, 404])('is not there when the connector answers %i', async status => {
    expect(await memberOf(failure(status))).toBeUndefined();
  });

  test('is not known to be gone after a fault', async () => {
    await expect(memberOf(failure(500))).rejects.toThrow();
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Adapter } from '../../../bot/teams/adapter.ts';
import { createConnectorRoster } from '../../../bot/teams/connector-roster.ts';

const team = { channelId: '19:plan', generalChannelId: '19:general', serviceUrl: 'https://smba.example/emea/' };

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
  return { asked, roster: createConnectorRoster({ conversations: { teamOf: async () => known }, adapter }) };
}
const failure = (statusCode: number) => Object.assign(new Error('refused'), { statusCode });

describe('the people of a team', () => {
  test('are read page by page, by whichever name Teams gives their id', async () => {
    const { roster, asked } = rosterOf([
      { members: [{ id: '29:a', objectId: 'ann', name: 'Ann' }], continuationToken: 'next' },
      { members: [{ id: '29:b', aadObjectId: 'ben', name: null }, { id: '29:c' }] },
    ]);

    expect(await roster('here')).toEqual([
      { id: 'ann', name: 'Ann' },
      { id: 'ben', name: '' },
    ]);
    expect(asked).toEqual([
      ['19:general', undefined],
      ['19:general', { pageSize: 500, continuationToken: 'next' }],
    ]);
  });

  test.each([403, 404])('are nobody when the connector answers %i: the app is not there', async status => {
    expect(await rosterOf([failure(status)]).roster('here')).toBeUndefined();
  });

  test('are nobody of a team that the app is not in', async () => {
    const conversations = { teamOf: async () => undefined };
    const adapter = { connector: () => Promise.reject(new Error('not to be asked')) };

    expect(await createConnectorRoster({ conversations, adapter })('here')).toBeUndefined();
  });

  test.each([
    ['a fault', failure(500)],
    ['no answer', new Error('reset')],
    ['something else', { people: [] }],
  ])('are not known after %s', async (_what, answer) => {
    await expect(rosterOf([answer]).roster('here')).rejects.toThrow();
  });
});

import { describe, expect, test } from '@jest/globals';
import { CommunityError } from '../../../domain/errors.ts';
import { PermanentError, RetryableError } from '../../../bot/messages/delivery-errors.ts';
import { createLookUp } from '../../../bot/teams/look-up.ts';
import type { Questions } from '../../../bot/teams/adapter.ts';
import type { ChannelType, TeamPlace } from '../../../bot/teams/place.ts';

const activity = { serviceUrl: 'https://smba.trafficmanager.net/emea/' };
const general = '19:team@thread.tacv2';
function at(channel = general, type?: ChannelType): { activity: typeof activity; place: TeamPlace } {
  return { activity, place: { kind: 'channel', team: { id: general }, channel: { id: channel, type } } };
}

/** A Bot Connector that gives these answers, and counts what it was asked. */
function asking(answers: Partial<Record<keyof Questions, () => unknown>>) {
  const asked: string[] = [];
  const question = (name: keyof Questions) => async (): Promise<unknown> => {
    asked.push(name);
    return answers[name]?.();
  };
  const questions: Questions = { team: question('team'), channels: question('channels'), member: question('member') };
  return { asked, lookUp: createLookUp({ adapter: { questions: async () => questions } }) };
}
function failing(error: Error): () => never {
  return () => {
    throw error;
  };
}

describe('a team', () => {
  test.each([
    [{ id: general, aadGroupId: 'g', name: 'Bakers' }, { group: 'g', name: 'Bakers' }, 'as Teams describes it'],
    [{ aadGroupId: 'g', name: null }, { group: 'g', name: '' }, 'without a name'],
    [{ name: 'Bakers' }, undefined, 'without a group'],
    [{ aadGroupId: null }, undefined, 'with nothing'],
    ['<html>', undefined, 'as something else'],
  ])('%j is %j: %s', async (answer, expected, _reason) => {
    expect(await asking({ team: () => answer }).lookUp.team(at())).toEqual(expected);
  });

  test('that the app is not in is nobody’s', async () => {
    const { lookUp } = asking({ team: failing(new PermanentError('not-in-roster', '403')) });

    expect(await lookUp.team(at())).toBeUndefined();
  });

  test.each([
    [new RetryableError('throttled', '429'), 'throttled'],
    [new RetryableError('unavailable', '502', { uncertain: true }), 'unavailable'],
    [new RetryableError('not-authorised', '401'), 'unavailable'],
  ])('that Teams could not answer for is asked for again: %s', async (error, code) => {
    const { lookUp } = asking({ team: failing(error) });

    await expect(lookUp.team(at())).rejects.toEqual(expect.objectContaining({ name: 'CommunityError', code }));
    await expect(lookUp.team(at())).rejects.toBeInstanceOf(CommunityError);
  });
});

test.each([
  [
    { objectId: 'ann', name: 'Ann' },
    { id: 'ann', name: 'Ann' },
  ],
  [{ aadObjectId: 'ann' }, { id: 'ann', name: '' }],
  [{ objectId: null, aadObjectId: '', name: 'Ann' }, undefined],
  [{ objectId: 'a\u0000b' }, undefined],
])('a person who is described as %j is %j', async (answer, expected) => {
  expect(await asking({ member: () => answer }).lookUp.person(activity, general, '29:ann')).toEqual(expected);
});

describe('the kind of a channel', () => {
  const list = {
    conversations: [
      { id: general, name: null },
      { id: '19:plain', type: 'standard' },
      { id: '19:old' },
      { id: '19:core', type: 'private' },
      { id: '19:partners', type: 'shared' },
    ],
  };

  test.each<[string, ChannelType, readonly string[]]>([
    [general, 'standard', []],
    ['19:plain', 'standard', ['channels']],
    ['19:old', 'standard', ['channels']],
    ['19:core', 'private', ['channels']],
    ['19:partners', 'shared', ['channels']],
    ['19:not-listed', 'shared', ['channels']],
  ])('of %s is %s, asked once: %j', async (channel, expected, questions) => {
    const { lookUp, asked } = asking({ channels: () => list });

    expect([await lookUp.channelType(at(channel)), await lookUp.channelType(at(channel))]).toEqual([
      expected,
      expected,
    ]);
    expect(asked).toEqual(questions);
  });

  test('that an activity says is believed', async () => {
    const { lookUp, asked } = asking({});

    expect(await lookUp.channelType(at('19:x', 'private'))).toBe('private');
    expect(asked).toEqual([]);
  });

  test('that nobody tells is unknown', async () => {
    const { lookUp } = asking({ channels: failing(new PermanentError('team-gone', '404')) });

    expect(await lookUp.channelType(at('19:x'))).toBeUndefined();
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { noticeAnswer, TeamsActivity, type InvokeBody } from '../../../bot/teams/activity.ts';
import { createPatience, type Patience } from '../../../bot/teams/deferred-reply.ts';

const activity = TeamsActivity.parse({
  type: 'invoke',
  id: 'f:1',
  channelId: 'msteams',
  serviceUrl: 'http://localhost/',
  from: { id: '29:p' },
  conversation: { id: 'a:chat' },
  value: { verb: 'x' },
});

describe('a pressed button', () => {
  let late: InvokeBody[];
  let patience: Patience;
  let runs: number;
  beforeEach(() => {
    late = [];
    runs = 0;
    patience = createPatience({
      late: async (_activity, answer) => void late.push(answer),
      log: pino({ level: 'silent' }),
      within: 50,
    });
  });

  function takes(milliseconds: number, said: string): () => Promise<InvokeBody> {
    return async () => {
      runs++;
      await new Promise(resolve => setTimeout(resolve, milliseconds));
      return noticeAnswer(said);
    };
  }

  test('is answered with what came of it', async () => {
    expect(await patience.answer(activity, 'wait', takes(0, 'done'))).toEqual(noticeAnswer('done'));
    expect(late).toEqual([]);
  });

  test('that takes long is answered in time, and what came of it is shown later', async () => {
    const answer = await patience.answer(activity, 'wait', takes(150, 'done'));
    expect({ answer, late }).toEqual({ answer: noticeAnswer('wait'), late: [] });

    await patience.settled();

    expect(late).toEqual([noticeAnswer('done')]);
  });

  test('sent again while it is under way or just done is the same press, and is shown once', async () => {
    const work = takes(100, 'done');

    const answers = await Promise.all([
      patience.answer(activity, 'wait', work),
      patience.answer(activity, 'wait', work),
    ]);
    await patience.settled();
    answers.push(await patience.answer(activity, 'wait', work));

    expect({ answers, late, runs }).toEqual({
      answers: ['wait', 'wait', 'done'].map(noticeAnswer),
      late: [noticeAnswer('done')],
      runs: 1,
    });
  });

  test.each([
    [{ ...activity, id: 'f:2' }, 'another press'],
    [{ ...activity, from: { id: '29:q' } }, 'another person'],
    [{ ...activity, id: undefined }, 'a press that cannot be told apart'],
  ])('is done anew for %j: %s', async (other, _reason) => {
    await patience.answer(activity, 'wait', takes(0, 'done'));
    await patience.answer(other, 'wait', takes(0, 'done'));

    expect(runs).toBe(2);
  });

  test('that failed is tried anew when it is sent again', async () => {
    await expect(patience.answer(activity, 'wait', () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await patience.answer(activity, 'wait', takes(0, 'done'))).toEqual(noticeAnswer('done'));
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { noticeAnswer, TeamsActivity, type InvokeBody } from '../../../bot/teams/activity.ts';
import {
  createDeferredReplies,
  type DeferrablePress,
  type DeferredReplies,
} from '../../../bot/teams/deferred-reply.ts';

const activity = TeamsActivity.parse({
  type: 'invoke',
  id: 'f:1',
  channelId: 'msteams',
  serviceUrl: 'http://localhost/',
  from: { id: '29:p' },
  conversation: { id: 'a:chat' },
  value: { verb: 'x' },
});

function press(changes: Partial<DeferrablePress> = {}): DeferrablePress {
  return { activity, isAutomatic: false, stillWorking: 'wait', ...changes };
}

describe('a pressed button', () => {
  let followUps: InvokeBody[];
  let replies: DeferredReplies;
  let runs: number;
  beforeEach(() => {
    followUps = [];
    runs = 0;
    replies = createDeferredReplies({
      followUp: async (_activity, answer) => void followUps.push(answer),
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
    expect(await replies.answer(press(), takes(0, 'done'))).toEqual(noticeAnswer('done'));
    expect(followUps).toEqual([]);
  });

  test('that takes long is answered in time, and what came of it is shown later', async () => {
    const answer = await replies.answer(press(), takes(150, 'done'));
    expect({ answer, followUps }).toEqual({ answer: noticeAnswer('wait'), followUps: [] });

    await replies.settled();

    expect(followUps).toEqual([noticeAnswer('done')]);
  });

  test('that Teams made by itself is answered in time, and nothing more is shown', async () => {
    const answer = await replies.answer(press({ isAutomatic: true }), takes(150, 'done'));
    await replies.settled();

    expect({ answer, followUps, runs }).toEqual({ answer: noticeAnswer('wait'), followUps: [], runs: 1 });
  });

  test('sent again while it is under way or just done is the same press, and is shown once', async () => {
    const work = takes(100, 'done');

    const answers = await Promise.all([replies.answer(press(), work), replies.answer(press(), work)]);
    await replies.settled();
    answers.push(await replies.answer(press(), work));

    expect({ answers, followUps, runs }).toEqual({
      answers: ['wait', 'wait', 'done'].map(noticeAnswer),
      followUps: [noticeAnswer('done')],
      runs: 1,
    });
  });

  test.each([
    [{ ...activity, id: 'f:2' }, 'another press'],
    [{ ...activity, from: { id: '29:q' } }, 'another person'],
    [{ ...activity, id: undefined }, 'a press that cannot be told apart'],
  ])('is done anew for %j: %s', async (other, _reason) => {
    await replies.answer(press(), takes(0, 'done'));
    await replies.answer(press({ activity: other }), takes(0, 'done'));

    expect(runs).toBe(2);
  });

  test('that failed is tried anew when it is sent again', async () => {
    await expect(replies.answer(press(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await replies.answer(press(), takes(0, 'done'))).toEqual(noticeAnswer('done'));
  });
});

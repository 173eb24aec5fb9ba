import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { Member } from '../../../../domain/community.ts';
import { longestComment, mostComments } from '../../../../domain/plan/comments.ts';
import type { PlanView } from '../../../../domain/plan/api.ts';
import type { ActionCommentsView } from '../../../../domain/plan/comments-api.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { member } from '../../../support/feature-parts.ts';
import { request } from '../../../support/requests.ts';
import { amara, daniel, here, priya, scene, type Scene } from './parts.ts';

const action = 'book-a-room';
const id = 'c0ffee00';
const morning = '2026-11-23T09:00:00Z';
let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.adds(action, { due: null });
  now.clock.moveTo('2026-11-20T10:00:00Z');
});

type Endpoint = 'commentOnAction' | 'changeActionComment' | 'removeActionComment' | 'actionComments';
async function asks(who: Member, endpoint: Endpoint, body: object = {}, comment = id) {
  const params = { action, comment };
  const { body: answer } = await request(now.feature, api[endpoint], { who, community: here, params, body } as never);
  return (answer as ActionCommentsView).comments;
}
function says(who: Member, text: string, mentions: readonly Member[] = [], comment = id) {
  return asks(who, 'commentOnAction', { id: comment, text, mentions: mentions.map(person => person.id) });
}
const person = ({ id: theirs, name }: Member) => ({ id: theirs, name });
const told = () => now.messenger.posted.map(({ to, summary }) => [to, summary]);

describe('what people say on an action', () => {
  test('is read by everybody, oldest first, and a repeated request is one comment', async () => {
    await says(daniel, 'Is @Amara Okafor on it?', [amara]);
    now.clock.moveTo('2026-11-20T11:00:00Z');
    await says(amara, 'Yes', [], 'c0ffee01');
    await says(daniel, 'Is @Amara Okafor on it?', [amara]);

    expect(await asks(priya, 'actionComments')).toEqual([
      {
        id,
        by: person(daniel),
        words: ['Is ', person(amara), ' on it?'],
        at: '2026-11-20T10:00:00.000Z',
        changedAt: null,
      },
      { id: 'c0ffee01', by: person(amara), words: ['Yes'], at: '2026-11-20T11:00:00.000Z', changedAt: null },
    ]);
  });

  test('is counted on the plan, action by action', async () => {
    await now.adds('write-a-letter', { due: null });
    await says(daniel, 'Is it done?');
    await says(amara, 'Yes', [], 'c0ffee01');

    const { body } = await request(now.feature, api.plan, { who: priya, community: here, params: {} } as never);
    expect((body as PlanView).comments).toEqual({ [action]: 2 });
  });

  test('is named as the roster names people, and nobody outside the team is mentioned', async () => {
    await expect(says(daniel, '@Cat', [member('Cat')])).rejects.toThrow('somebody in the team');
    expect(await asks(priya, 'actionComments')).toEqual([]);
  });

  test('belongs to an action that is there', async () => {
    await now.lists.of(here.id).plan.remove((await now.lists.of(here.id).plan.find(action))!);

    await expect(says(daniel, 'Hello')).rejects.toThrow('has no action');
  });

  test('is changed by its author alone, which is said', async () => {
    await says(daniel, 'One');
    now.clock.moveTo('2026-11-20T12:00:00Z');

    await expect(asks(priya, 'changeActionComment', { text: 'Two', mentions: [] })).rejects.toThrow('somebody else');
    expect(await asks(daniel, 'changeActionComment', { text: 'Two', mentions: [] })).toMatchObject([
      { words: ['Two'], at: '2026-11-20T10:00:00.000Z', changedAt: '2026-11-20T12:00:00.000Z' },
    ]);
  });

  test('is removed by its author and by those who coordinate, and by nobody else', async () => {
    await says(daniel, 'One');
    await says(daniel, 'Two', [], 'c0ffee01');

    await expect(asks(amara, 'removeActionComment')).rejects.toThrow('somebody else');
    expect((await asks(daniel, 'removeActionComment')).map(comment => comment.id)).toEqual(['c0ffee01']);
    expect(await asks(priya, 'removeActionComment', {}, 'c0ffee01')).toEqual([]);
    expect(await asks(priya, 'removeActionComment', {}, 'c0ffee01')).toEqual([]);
  });

  test('has an end', async () => {
    for (let count = 0; count < mostComments; count++) await says(daniel, 'Hello', [], `comment-${count}`);

    await expect(says(daniel, 'Hello', [], 'one-too-many')).rejects.toThrow('the most there can be');
  }, 30_000);
});

describe('in the morning', () => {
  test('whoever is mentioned and whoever owns the action is told, once, and no author of their own words', async () => {
    await says(priya, 'Ask @Daniel Fitzgerald and @Priya Raman', [daniel, priya]);

    await now.reminds(morning);
    await now.reminds('2026-11-24T09:00:00Z');

    expect(told()).toEqual([
      [amara.id, 'Priya Raman commented on “Book a room”'],
      [daniel.id, 'Priya Raman mentioned you on “Book a room”'],
    ]);
    const { card } = now.messenger.posted[1]!;
    checkCard(card);
    expect(textsIn(card)).toEqual([
      'Priya Raman commented on “Book a room”',
      'To do · no day yet · Amara Okafor',
      'Ask **@Daniel Fitzgerald** and **@Priya Raman**',
      'Open the action',
    ]);
    expect(JSON.stringify(card)).toContain(`plan/${action}`);
  });

  test.each([
    ['they answered before', () => says(amara, 'Done', [], 'c0ffee01')],
    ['it was taken back', () => asks(daniel, 'removeActionComment')],
    [
      'the action is gone',
      async () => now.lists.of(here.id).plan.remove((await now.lists.of(here.id).plan.find(action))!),
    ],
    ['it is two weeks old', async () => now.clock.moveTo('2026-12-07T09:00:00Z')],
  ])('nobody is told when %s', async (_when, happens) => {
    await says(daniel, 'Is it done?');
    now.clock.moveTo('2026-11-20T11:00:00Z');
    await happens();

    await now.reminds(now.clock.now() > new Date('2026-12-01') ? '2026-12-07T09:00:00Z' : morning);

    expect(told().filter(([to]) => to === amara.id)).toEqual([]);
  });

  test('whoever is mentioned by a change hears of it, and whoever was told is not told again', async () => {
    await says(priya, 'Is it done?');
    await now.reminds(morning);
    await asks(priya, 'changeActionComment', { text: 'Is it done, @Daniel Fitzgerald?', mentions: [daniel.id] });

    await now.reminds('2026-11-24T09:00:00Z');

    expect(told().map(([to]) => to)).toEqual([amara.id, daniel.id]);
  });

  test('the card of whoever was told follows: new words, and none once the comment is gone', async () => {
    await says(daniel, 'First *words*');
    await now.reminds(morning);
    await asks(daniel, 'changeActionComment', { text: 'Second\nwords', mentions: [] });
    const second = textsIn(now.messenger.refreshed.at(-1)!.card);
    await asks(daniel, 'removeActionComment');
    const gone = now.messenger.refreshed.at(-1)!.card;

    expect(second).toContain('Second\n\nwords');
    checkCard(gone);
    expect(textsIn(gone)[0]).toBe('A comment that is no longer there');
    expect(JSON.stringify(gone)).not.toMatch(/words|Daniel/);
  });

  test('the longest comment fits on a card', async () => {
    await says(daniel, '*'.repeat(longestComment));
    await says(daniel, 'a\n'.repeat(longestComment / 2 - 1), [], 'c0ffee01');

    await now.reminds(morning);

    for (const { card } of now.messenger.posted) expect(JSON.stringify(card).length).toBeLessThan(10_000);
    expect(now.messenger.posted).toHaveLength(2);
  });
});

describe('when the action is gone', () => {
  const job = (moment: string) => {
    const { run } = now.feature.jobs!.find(({ name }) => name === 'plan.comments')!;
    return run({ community: here, due: new Date(moment), since: new Date(moment), now: new Date(moment) });
  };
  const rows = async () => (await now.lists.of(here.id).actionComments.all()).map(({ value }) => value);

  test('its comments come back with it, and are erased after as long as SharePoint keeps what was deleted', async () => {
    await says(daniel, 'Hello');
    const { plan } = now.lists.of(here.id);
    const stored = (await plan.find(action))!;
    await plan.remove(stored);

    await job('2026-11-22T03:30:00Z');
    expect((await rows()).map(({ goneOn }) => goneOn)).toEqual(['2026-11-22']);
    await plan.create(stored.value);
    await job('2026-11-29T03:30:00Z');
    expect(await asks(amara, 'actionComments')).toMatchObject([{ words: ['Hello'] }]);
    expect((await rows()).map(({ goneOn }) => goneOn)).toEqual([null]);
    await plan.remove((await plan.find(action))!);
    await job('2026-12-06T03:30:00Z');
    await job('2027-03-07T03:30:00Z');
    expect(await rows()).toHaveLength(1);
    await job('2027-03-14T03:30:00Z');
    expect(await rows()).toEqual([]);
  });
});

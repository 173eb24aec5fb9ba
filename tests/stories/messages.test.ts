import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import type { Card } from '../../bot/cards.ts';
import type { DialogResult } from '../../infra/local/connector/index.ts';
import { tenant } from '../../infra/local/directory.ts';
import { actionsIn, checkCard, textsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** A message becomes an action of the plan, over signed HTTP. Each test goes on where the one before ended. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const connector = () => system.microsoft365.connector;
function ask(who: string, message: string, data?: object, command = 'plan.add'): Promise<DialogResult> {
  return connector().asksAbout(personOf(who).id, message, command, data);
}
function cardIn(result: DialogResult): Card {
  if (result.outcome !== 'dialog') throw new Error(`expected a dialog, got ${JSON.stringify(result)}`);
  checkCard(result.card as Card);
  return result.card as Card;
}
function input(result: DialogResult, id: string): unknown {
  return (cardIn(result)['body'] as Record<string, unknown>[]).find(one => one['id'] === id)?.['value'];
}
/** Sends the dialog: what its button carries, and what was typed. */
function send(who: string, message: string, shown: DialogResult, typed: object): Promise<DialogResult> {
  const button = actionsIn(cardIn(shown), 'Action.Submit')[0]?.['data'] as object;
  return ask(who, message, { ...button, ...typed });
}
async function actions(title: string): Promise<PlanView['actions']> {
  return ((await system.ask('Priya', api.plan)).body as PlanView).actions.filter(one => one.title === title);
}
async function says(who: string, text: string): Promise<string> {
  return (await connector().says(personOf(who).id, 'channel', text, { mention: false })).message.id;
}

let message = '';
let form: DialogResult;

describe('a message in the channel', () => {
  test('opens a form with its words', async () => {
    message = await says('Amara', 'Could somebody ask the <baker>? ${json(1)}\nI am away until Monday.');

    form = await ask('Priya', message);

    expect(form).toMatchObject({ outcome: 'dialog', title: 'Add to plan' });
    expect([input(form, 'title'), input(form, 'owner'), input(form, 'due')]).toEqual([
      'Could somebody ask the <baker>? ${json(1)}',
      personOf('Priya').id,
      '',
    ]);
  });

  test('sent without a title, the form comes back with what was typed', async () => {
    const again = await send('Priya', message, form, { title: ' ', owner: personOf('Amara').id, due: '2026-12-04' });

    expect(textsIn(cardIn(again))[0]).toBe('Please say in a few words what is to be done.');
    expect([input(again, 'owner'), input(again, 'due')]).toEqual([personOf('Amara').id, '2026-12-04']);
  });

  test('SharePoint does not answer: the form stays, and nothing is lost', async () => {
    system.microsoft365.faults.add({ path: '/items', method: 'POST', status: 503, count: 20, retryAfter: 0 });

    const again = await send('Priya', message, form, {
      title: 'Ask the baker',
      owner: personOf('Amara').id,
      due: '2026-12-04',
    });
    system.microsoft365.faults.clear();

    expect(textsIn(cardIn(again))[0]).toMatch(/may have been saved|slow down/);
    expect(input(again, 'title')).toBe('Ask the baker');
  });

  test('sent twice is one action, with who wrote the message and the way to it', async () => {
    const typed = { title: 'Ask the baker', owner: personOf('Amara').id, due: '2026-12-04' };

    const [first, second] = [await send('Priya', message, form, typed), await send('Priya', message, form, typed)];

    for (const result of [first, second])
      expect(textsIn(cardIn(result))).toEqual(expect.arrayContaining(['It is in the plan', 'Ask the baker']));
    expect(await actions('Ask the baker')).toEqual([
      expect.objectContaining({
        owners: [personOf('Amara')],
        due: '2026-12-04',
        state: 'to-do',
        addedBy: personOf('Priya'),
        notes: expect.stringMatching(
          new RegExp(`^From a message by Amara Okafor\nhttps://teams.microsoft.com/l/message/19%3A.+/${message}\\?`),
        ),
      }),
    ]);
  });

  test('is anybody’s to add who is in the team', async () => {
    const theirs = await ask('Amara', message);

    await send('Amara', message, theirs, { title: 'Thank the baker', owner: 'nobody', due: '' });

    expect(await actions('Thank the baker')).toMatchObject([{ owners: [], due: null, addedBy: personOf('Amara') }]);
  });
});

test('a card of the app can be added from one’s own chat, and the chat stays where it was', async () => {
  await connector().says(personOf('Amara').id, 'personal', 'help');
  const chat = connector()
    .conversationsOf(personOf('Amara').id)
    .find(one => one.conversation.kind === 'personal')!.conversation.id;
  const { id: card } = await eventually('the help card', () =>
    connector()
      .messages(chat)
      .findLast(one => one.from === null && one.cards.length > 0),
  );

  const opened = await ask('Amara', card);

  expect(input(opened, 'title')).toBe('');
  expect(textsIn(cardIn(opened)).join('\n')).toContain('CoP Companion wrote the message');
});

describe('refused', () => {
  test('a form for a community that the person is not in', async () => {
    await connector().leaves(system.team, [personOf('Amara').id]);
    const data = {
      community: system.team,
      message: { text: '', author: null, link: null },
      action: 'forged-action',
      title: 'Forged',
      owner: 'nobody',
      due: '',
    };

    const result = await connector().deliver(
      invokeOf('Amara', 'composeExtension/submitAction', { commandId: 'plan.add', data }),
    );

    expect(result).toMatchObject({
      status: 200,
      body: noticed(
        'This is for members of the community’s team, and you are not in that team at the moment, or it no longer has me.',
      ),
    });
    expect(await actions('Forged')).toEqual([]);
  });

  test.each([
    [
      'composeExtension/fetchTask',
      { commandId: 'plan.burn' },
      'I do not know this button; the card may be from another version. Type help to get a fresh one.',
    ],
    [
      'composeExtension/fetchTask',
      null,
      'This button does not carry what I need; the card may be old. Type help to get a fresh one.',
    ],
    [
      'composeExtension/submitAction',
      { commandId: 'plan.add', data: { community: 7 } },
      'This button does not carry what I need; the card may be old. Type help to get a fresh one.',
    ],
  ])('%s with %j, in a sentence', async (name, value, says) => {
    expect(await connector().deliver(invokeOf('Priya', name, value))).toMatchObject({
      status: 200,
      body: noticed(says),
    });
  });

  test('an unsigned one', async () => {
    const response = await fetch(`${system.productUrl}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(invokeOf('Priya', 'composeExtension/fetchTask', { commandId: 'plan.add' })),
    });

    expect(response.status).toBe(401);
  });
});

/** A sentence in a small card: Teams shows nothing of one without a card. */
function noticed(text: string): object {
  const content = expect.objectContaining({ fallbackText: text });
  return { task: { type: 'continue', value: expect.objectContaining({ card: expect.objectContaining({ content }) }) } };
}

function invokeOf(who: string, name: string, value: unknown): Readonly<Record<string, unknown>> {
  const { id } = personOf(who);
  return {
    type: 'invoke',
    name,
    id: 'f:forged',
    channelId: 'msteams',
    serviceUrl: `${system.microsoft365.url}/connector/`,
    from: { id: `29:${id}`, aadObjectId: id },
    conversation: { id: '19:some-group-chat@thread.v2', conversationType: 'groupChat' },
    channelData: { tenant: { id: tenant.id } },
    value,
  };
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { asDialog } from '../../../../infra/local/connector/dialogs.ts';
import { tenant } from '../../../../infra/local/directory.ts';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import { fact } from '../fact.ts';
import { cardMessage, openStage, respond, type Stage } from './receiving-bot.ts';

const [priya = '', , , amara = ''] = samplePeople.map(person => person.id);
const jonas = samplePeople.find(person => person.role === 'newcomer')?.id ?? '';
const channel = sampleTeam.threadId;
const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const dialog = {
  task: {
    type: 'continue',
    value: { title: 'Keep it', card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card } },
  },
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.microsoft365.connector.installApp(sampleTeam.id, priya);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.heard.length = 0;
  stage.answer(context => respond(context, dialog));
});
const connector = () => stage.microsoft365.connector;

describe('a command in a message’s menu', () => {
  test('reaches the bot with the message, as Teams sends it', async () => {
    const { message } = await connector().says(amara, 'channel', 'Tea < coffee?\nNow!', { mention: false });

    const result = await connector().asksAbout(priya, message.id, 'notes.keep');

    expect(result).toEqual({ outcome: 'dialog', title: 'Keep it', card });
    expect(stage.heard).toEqual([
      expect.objectContaining({
        type: 'invoke',
        name: 'composeExtension/fetchTask',
        from: expect.objectContaining({ aadObjectId: priya }),
        conversation: expect.objectContaining({ id: `${channel};messageid=${message.id}` }),
        channelData: expect.objectContaining({ team: expect.objectContaining({ id: channel }) }),
        value: {
          commandId: 'notes.keep',
          commandContext: 'message',
          requestId: expect.any(String),
          context: { theme: 'default' },
          messagePayload: expect.objectContaining({
            id: message.id,
            replyToId: null,
            deleted: false,
            linkToMessage: `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${message.id}?tenantId=${tenant.id}&groupId=${sampleTeam.id}&parentMessageId=${message.id}`,
            body: { contentType: 'html', content: '<div><p>Tea &lt; coffee?</p>\n<p>Now!</p></div>' },
            from: expect.objectContaining({
              user: { userIdentityType: 'aadUser', id: amara, displayName: 'Amara Okafor' },
              application: null,
            }),
          }),
        },
      }),
    ]);
  });

  test('and its dialog, with what was typed', async () => {
    const { message } = await connector().says(amara, 'channel', 'Tea?', { mention: false });

    await connector().asksAbout(priya, message.id, 'notes.keep', { words: 'yes' });

    expect(stage.heard[0]).toMatchObject({
      name: 'composeExtension/submitAction',
      value: { commandId: 'notes.keep', data: { words: 'yes' } },
    });
  });

  test('on a card of the bot, carries the card', async () => {
    stage.answer(
      async context => void (await context.sendActivity(cardMessage({ body: [{ type: 'TextBlock', text: 'Hello' }] }))),
    );
    await connector().says(amara, 'personal', 'help');
    stage.answer(context => respond(context, dialog));
    const chat = connector()
      .conversationsOf(amara)
      .find(one => one.conversation.kind === 'personal')!.conversation.id;
    const sent = connector().messages(chat).at(-1)!;
    stage.heard.length = 0;

    await connector().asksAbout(amara, sent.id, 'notes.keep');

    const { messagePayload } = stage.heard[0]?.value as {
      messagePayload: { body: { content: string }; attachments: { id: string; content: string }[] };
    };
    expect(messagePayload).toMatchObject({
      from: { user: null, application: { displayName: tenant.appName } },
      body: { content: `<div><p>&nbsp;</p></div><attachment id="${sent.id}-0"></attachment>` },
    });
    expect(JSON.parse(messagePayload.attachments[0]?.content ?? '{}')).toMatchObject({ body: [{ text: 'Hello' }] });
  });

  test('is not there for who does not see the message', async () => {
    const { message } = await connector().says(amara, 'channel', 'Tea?', { mention: false });

    await expect(connector().asksAbout(jonas, message.id, 'notes.keep')).rejects.toThrow(
      `Jonas Weber sees no message ${message.id}`,
    );
  });
});

fact('connector/menu-card', async () => {
  const { message } = await connector().says(amara, 'channel', 'Tea?', { mention: false });

  expect(await connector().asksAbout(priya, message.id, 'notes.keep')).toEqual({
    outcome: 'dialog',
    title: 'Keep it',
    card,
  });
});

fact('connector/menu-message-is-empty', async () => {
  const { message } = await connector().says(amara, 'channel', 'Tea?', { mention: false });
  stage.answer(context => respond(context, { task: { type: 'message', value: 'Done.' } }));

  for (const data of [undefined, { words: 'yes' }])
    expect(await connector().asksAbout(priya, message.id, 'notes.keep', data)).toMatchObject({ outcome: 'empty' });
});

fact('connector/menu-submit-closes', async () => {
  const { message } = await connector().says(amara, 'channel', 'Tea?', { mention: false });
  stage.answer(context => respond(context, undefined));

  expect(await connector().asksAbout(priya, message.id, 'notes.keep', { words: 'yes' })).toEqual({ outcome: 'closed' });
});

fact('connector/menu-five-seconds', async () => {
  const { message } = await connector().says(amara, 'channel', 'Tea?', { mention: false });
  stage.answer(async context => {
    await new Promise(resolve => setTimeout(resolve, 5_300));
    await respond(context, dialog).catch(() => {});
  });

  expect(await connector().asksAbout(priya, message.id, 'notes.keep')).toMatchObject({ outcome: 'error' });
  await new Promise(resolve => setTimeout(resolve, 500));
});

test.each<[number, unknown, object, string]>([
  [200, dialog, { outcome: 'dialog', title: 'Keep it', card }, 'a dialog'],
  [
    200,
    { task: { type: 'continue', value: { card: dialog.task.value.card } } },
    { outcome: 'dialog', title: tenant.appName, card },
    'one without a title',
  ],
  [200, {}, { outcome: 'closed' }, 'nor does an empty object keep it'],
  [
    200,
    {
      task: { type: 'continue', value: { card: { contentType: 'application/vnd.microsoft.card.hero', content: {} } } },
    },
    { outcome: 'error', shown: 'Unable to reach app. Please try again.', detail: expect.stringContaining('card.hero') },
    'another kind of card',
  ],
  [500, {}, { outcome: 'error', shown: 'Unable to reach app. Please try again.', detail: 'HTTP 500: {}' }, 'a failure'],
  [
    0,
    'no answer',
    { outcome: 'error', shown: 'Unable to reach app. Please try again.', detail: 'no answer' },
    'no answer in five seconds',
  ],
])('HTTP %i with %j is shown as %j: %s', (status, body, expected) => {
  expect(asDialog(status, body)).toEqual(expected);
});

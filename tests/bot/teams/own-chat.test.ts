import { beforeEach, expect, test } from '@jest/globals';
import { cardAnswer, noticeAnswer, TeamsActivity } from '../../../bot/teams/activity.ts';
import { createFollowUp } from '../../../bot/teams/follow-up.ts';
import { createOwnChat } from '../../../bot/teams/own-chat.ts';
import { PermanentError } from '../../../bot/messages/delivery-errors.ts';
import { localConfig } from '../../../infra/local/product.ts';

const serviceUrl = 'http://localhost:1/connector/';

/** Chats that Teams knows, and what arrived in them. */
let chats: Map<string, unknown[]>;
let forgotten: string[];
let noted: object[];
let counted: number;
let follow: ReturnType<typeof createFollowUp>;
beforeEach(() => {
  chats = new Map([['a:one', []]]);
  [forgotten, noted, counted] = [[], [], 0];
  const connector = {
    conversations: {
      async sendToConversation(id: string, message: unknown) {
        const chat = chats.get(id);
        if (!chat) throw notFound();
        return { id: String(chat.push(message)) };
      },
      async createConversation() {
        chats.set('a:two', []);
        return { id: 'a:two', serviceUrl };
      },
    },
  };
  const config = localConfig({
    microsoft365Url: 'http://localhost:1',
    port: 0,
    publicUrl: 'http://localhost:2',
    dataDir: '/nowhere',
    tabsDir: '/nowhere',
    logLevel: 'silent',
  });
  const writeInOwnChat = createOwnChat({
    config,
    adapter: { connector: async () => connector as never },
    conversations: {
      teamOf: async () => undefined,
      chatOf: async () => ({ conversationId: [...chats.keys()][0], userId: '29:p', serviceUrl }),
      noteChat: async (person, chat) => void noted.push({ person, ...chat }),
      forgetChat: async id => void forgotten.push(id),
      addresses: async () => [],
      noteAddress: async () => {},
    },
    countAnswer: () => (counted += 1),
  });
  follow = createFollowUp({
    adapter: {
      run: async (_activity, handle) => {
        await handle(_activity, { updateActivity: () => Promise.reject(gone) } as never);
        return undefined;
      },
    },
    writeInOwnChat,
  });
});

const gone = new PermanentError('conversation-gone', '404 ConversationNotFound');
function notFound(): Error {
  const response = { bodyAsText: '{"error":{"code":"ConversationNotFound"}}' };
  return Object.assign(new Error('404'), { name: 'RestError', statusCode: 404, response });
}
function press(conversation: object): TeamsActivity {
  return TeamsActivity.parse({
    type: 'invoke',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:p', aadObjectId: 'p' },
    replyToId: '7',
    conversation,
  });
}
const channel = { id: '19:team@thread.tacv2', conversationType: 'channel' };
const lost = { id: 'a:lost', conversationType: 'personal' };

test('a sentence after a press in a channel goes to the chat that is known', async () => {
  await follow(press(channel), noticeAnswer('Done.'));

  expect([[...chats], forgotten, counted]).toEqual([[['a:one', [{ type: 'message', text: 'Done.' }]]], [], 1]);
});

test('a chat that Teams no longer knows is forgotten and opened anew, and the sentence is in the new one', async () => {
  await follow(press(lost), noticeAnswer('Done.'));

  expect(chats.get('a:two')).toEqual([{ type: 'message', text: 'Done.' }]);
  expect({ forgotten, noted, counted }).toEqual({
    forgotten: ['a:lost'],
    noted: [{ person: 'p', conversationId: 'a:two', userId: '29:p', serviceUrl }],
    // The lost chat is asked for at two addresses before it is believed to be gone.
    counted: 4,
  });
});

test('a card that was lost with its chat is shown anew', async () => {
  await follow(press(lost), cardAnswer({ type: 'AdaptiveCard' }));

  expect(chats.get('a:two')).toMatchObject([{ attachments: [{ content: { type: 'AdaptiveCard' } }] }]);
});

test('somebody with whom there is no chat yet gets one', async () => {
  chats.clear();

  await follow(press(channel), noticeAnswer('Done.'));

  expect(chats.get('a:two')).toEqual([{ type: 'message', text: 'Done.' }]);
});

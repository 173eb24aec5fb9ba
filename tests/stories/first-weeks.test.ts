import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import type { CharterView } from '../../domain/charter/api.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import { actionsIn, textsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { tenant } from '../../infra/local/directory.ts';
import { personOf, startSystem, type System } from '../support/system.ts';
import type { Card } from '../../bot/cards.ts';
import type { Message } from '../../infra/local/connector/index.ts';

/**
 * The bot from its installation on, over signed HTTP, against the real doors. Each test goes on where the one before
 * ended.
 */
let system: System;
beforeAll(async () => {
  system = await startSystem({ sample: false });
  system.microsoft365.clock.moveTo(new Date('2026-11-18T10:00:00Z'));
});
afterAll(() => system.stop());

function connector() {
  return system.microsoft365.connector;
}
/** Messages of the bot: in somebody's chat, or in the channel. */
function messages(where: string): readonly Message[] {
  const viewer = where === 'channel' ? 'Priya' : where;
  const kind = where === 'channel' ? 'channel' : 'personal';
  const conversation = connector()
    .conversationsOf(personOf(viewer).id)
    .find(one => one.conversation.kind === kind)?.conversation.id;
  return conversation === undefined
    ? []
    : connector()
        .messages(conversation)
        .filter(message => message.from === null && !message.deleted);
}
function card(message: Message): Card {
  return message.cards[0] as Card;
}
function words(message: Message): string {
  return message.text + textsIn(card(message)).join('\n');
}
function message(where: string, containing: string | RegExp): Promise<Message> {
  return eventually(`a message in ${where} with ${containing}`, () =>
    messages(where).findLast(one => (one.cards.length > 0 ? words(one) : one.text).match(containing)),
  );
}
/** Presses the first button with this verb, with these inputs. */
async function press(who: string, on: Message, verb: string, inputs: object = {}) {
  const viewed = (connector().view(on, personOf(who).id)?.card ?? card(on)) as Card;
  const action = actionsIn(viewed).find(
    one =>
      one['verb'] === verb &&
      Object.entries(inputs).every(
        ([key, value]) => !(key in (one['data'] as object)) || (one['data'] as Record<string, unknown>)[key] === value,
      ),
  );
  if (!action)
    throw new Error(
      `the card has no button ${verb}: ${actionsIn(viewed)
        .map(one => String(one['verb']))
        .join(', ')}`,
    );
  return connector().presses(personOf(who).id, on.id, { verb, data: { ...(action['data'] as object), ...inputs } });
}

describe('the app is added to a team', () => {
  test('one card in the channel names who did it; no existing member gets a message', async () => {
    system.microsoft365.graph.grantSite(system.team, 'fullcontrol');

    const deliveries = await connector().installApp(system.team, personOf('Tomasz').id);

    expect(deliveries.map(delivery => delivery.status)).toEqual([200, 200]);
    expect(words(await message('channel', 'Tomasz Nowak'))).toContain('Tomasz');
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(messages('channel')).toHaveLength(1);
    // Teams told it twice.
    expect(system.log.filter(({ msg }) => msg === 'the app was added to a team')).toHaveLength(1);
    for (const who of ['Priya', 'Amara', 'Helen']) expect(messages(who)).toEqual([]);
  });

  test('somebody who may not, is told who may', async () => {
    const installed = await message('channel', 'Tomasz Nowak');

    expect(await press('Amara', installed, 'settings.begin')).toMatchObject({ outcome: 'notice' });
  });

  test('who added it presses "Set it up" and gets the form, in their own zone', async () => {
    const installed = await message('channel', 'Tomasz Nowak');

    const result = await press('Tomasz', installed, 'settings.begin');

    expect(result.outcome).toBe('card');
    expect(JSON.stringify(result)).toContain('Europe/London');
    expect(words(messages('channel')[0]!)).toContain('Tomasz');
  });

  const choices = {
    timeZone: 'Europe/London',
    day: '1',
    time: '09:00',
    facilitators: `${personOf('Priya').id},${personOf('Tomasz').id}`,
    coordinators: personOf('Priya').id,
    destination: 'chats',
  };

  test('while nobody has opened the tab, the site is not known; the card says so, and opening it is enough', async () => {
    const installed = await message('channel', 'Tomasz Nowak');

    const waiting = await press('Tomasz', installed, 'settings.save', choices);
    await system.ask('Tomasz', api.community);

    expect(JSON.stringify(waiting)).toMatch(/when one of you opens my tab[\s\S]*Open the tab/);
    expect((await system.ask('Tomasz', api.settings)).body).toMatchObject({ settings: null });
  });

  test('while the app has no grant, the card has the text for IT, with the site’s address', async () => {
    system.microsoft365.graph.grantSite(system.team, null);
    const installed = await message('channel', 'Tomasz Nowak');

    const waiting = await press('Tomasz', installed, 'settings.save', choices);
    system.microsoft365.graph.grantSite(system.team, 'fullcontrol');

    expect(JSON.stringify(waiting)).toMatch(/Your IT can allow it[\s\S]*https:\/\/[^ ]+\/sites\//);
    // What is to be typed stands alone, so that nothing of a sentence is copied with it.
    const code = [...JSON.stringify(waiting).matchAll(/"text":"((?:[^"\\]|\\.)*)","fontType":"Monospace"/g)];
    expect(code.map(([, text = '']) => text.replaceAll('\\', ''))).toEqual([
      expect.stringMatching(/^npm run grant -- https:\/\/\S+$/),
      expect.stringMatching(/^POST https:\/\/\S+\/permissions$/),
      expect.stringMatching(/^{"roles":\["fullcontrol"\],\S*"grantedToIdentitiesV2":.*}$/),
    ]);
    expect(JSON.stringify(waiting)).not.toContain('coordinators and team owners');
  });

  test('a list that cannot be made is named with what Graph said; once it passes, the card goes on by itself', async () => {
    const installed = await message('channel', 'Tomasz Nowak');
    system.microsoft365.faults.add({
      path: '/lists',
      method: 'POST',
      status: 500,
      count: 1,
      message: 'The server is on holiday',
    });

    const failed = await press('Tomasz', installed, 'settings.save', choices);
    expect(failed.outcome).toBe('card');
    expect(JSON.stringify(failed)).toMatch(/CoP Settings[\s\S]*The server is on holiday/);

    // A minute later Teams shows the card to him again, and asks for it anew.
    system.microsoft365.clock.moveTo(new Date('2026-11-18T10:05:00Z'));
    const again = await connector().looksAt(personOf('Tomasz').id, installed.id);
    expect(JSON.stringify(again)).toContain('Monday');
    expect((await system.ask('Priya', api.settings)).body).toMatchObject({
      settings: {
        timeZone: 'Europe/London',
        coordinators: [personOf('Priya')],
        facilitation: {
          day: 1,
          time: '09:00',
          facilitators: [personOf('Priya'), personOf('Tomasz')],
          destination: 'chats',
        },
      },
    });
  });

  test('the channel’s card turns to "set up", and nobody gets another message', async () => {
    await message('channel', 'is set up');

    expect(messages('channel')).toHaveLength(1);
    for (const who of ['Priya', 'Tomasz', 'Amara']) expect(messages(who)).toEqual([]);
  });
});

describe('newcomers', () => {
  test('several at once are each welcomed, once, in their own chat', async () => {
    const newcomers = ['Jonas', 'Ruth', 'Kofi'];

    await connector().joins(
      system.team,
      newcomers.map(name => personOf(name).id),
    );
    for (const name of newcomers) await message(name, 'Welcome to Data Storytellers');
    // Teams may tell the same thing twice.
    const membersAdded = newcomers.map(name => ({ id: `29:${personOf(name).id}`, aadObjectId: personOf(name).id }));
    const team = system.microsoft365.directory.team(system.team);
    await connector().deliver({
      type: 'conversationUpdate',
      id: 'f:again',
      channelId: 'msteams',
      serviceUrl: `${system.microsoft365.url}/connector/`,
      from: { id: `29:${personOf('Priya').id}`, aadObjectId: personOf('Priya').id },
      recipient: { id: `28:${tenant.appId}` },
      conversation: { id: team?.threadId, conversationType: 'channel', tenantId: tenant.id },
      membersAdded,
      channelData: { eventType: 'teamMemberAdded', team: { id: team?.threadId }, tenant: { id: tenant.id } },
    });
    await new Promise(resolve => setTimeout(resolve, 300));

    for (const name of newcomers) expect(messages(name)).toHaveLength(1);
    expect(messages('channel')).toHaveLength(1);
    expect(messages('Priya')).toEqual([]);
  });

  test('an answer is kept, and turns the card into something fitted; what a person wrote is text and nothing else', async () => {
    const welcome = await message('Jonas', 'Welcome to Data Storytellers');

    const result = await press('Jonas', welcome, 'welcome.answer', {
      reasons: 'tips',
      contributions: '',
      inOwnWords: '${json(1)} **bold** <script>alert(1)</script>',
    });

    expect(result.outcome).toBe('card');
    const answered = await eventually(
      'the updated card',
      () => messages('Jonas')[0]?.editedAt !== null && messages('Jonas')[0],
    );
    expect(actionsIn(card(answered)).map(action => action['verb'])).toContain('welcome.change');
    const { body } = await system.ask('Priya', api.newcomers);
    expect(body).toMatchObject({
      newcomers: expect.arrayContaining([
        expect.objectContaining({
          person: personOf('Jonas'),
          inOwnWords: '${json(1)} **bold** <script>alert(1)</script>',
        }),
      ]),
    });
    expect(messages('Priya')).toEqual([]);
  });

  test('nobody can answer for somebody else', async () => {
    const welcome = await message('Ruth', 'Welcome to Data Storytellers');

    const forged = await connector().presses(personOf('Ruth').id, welcome.id, {
      verb: 'welcome.answer',
      data: {
        community: system.team,
        person: personOf('Kofi').id,
        reasons: 'share',
        inOwnWords: 'mine',
        contributions: '',
      },
    });

    expect(forged.outcome).not.toBe('notice');
    const { body } = await system.ask('Priya', api.newcomers);
    const answered = (body as { newcomers: { person: { name: string }; answeredAt: string | null }[] }).newcomers
      .filter(one => one.answeredAt !== null)
      .map(one => one.person.name);
    expect(answered).not.toContain('Kofi Mensah');
  });

  test('"no more messages" is honoured by everything that comes later', async () => {
    const welcome = await message('Kofi', 'Welcome to Data Storytellers');
    await press('Kofi', welcome, 'welcome.stop');
    const { body } = await system.ask('Priya', api.settings);
    const { settings, etag } = body as SettingsView;
    await system.ask('Priya', api.saveSettings, {
      body: {
        ...settings,
        facilitation: {
          ...settings!.facilitation,
          facilitators: [personOf('Priya'), personOf('Tomasz'), personOf('Kofi')],
        },
      },
      headers: { 'If-Match': etag ?? '' },
    });

    await system.moveTo('2026-11-23T09:00:00Z');
    await message('Tomasz', '0 of 290 minutes done');

    expect(messages('Kofi')).toHaveLength(1);
  });
});

describe('the facilitation week', () => {
  test('is in each facilitator’s chat, with a line on who joined', async () => {
    for (const who of ['Priya', 'Tomasz'])
      expect(words(await message(who, '0 of 290 minutes done'))).toContain('Jonas Weber');
    expect(messages('channel')).toHaveLength(1);
  });

  test('two people tick at the same moment: both ticks are kept, and all copies show both', async () => {
    const [hers, his] = await Promise.all([message('Priya', '0 of 290'), message('Tomasz', '0 of 290')]);

    await Promise.all([
      press('Priya', hers, 'facilitation.tick'),
      press('Tomasz', his, 'facilitation.tick', { task: 'content' }),
    ]);

    for (const who of ['Priya', 'Tomasz']) {
      const copy = await message(who, /40 of 290 minutes done/);
      expect(words(copy)).toMatch(/Priya Raman, 09:0\d/);
      expect(words(copy)).toMatch(/Tomasz Nowak, 09:0\d/);
    }
  });

  test('a second tick of the same task keeps the first', async () => {
    const his = await message('Tomasz', '40 of 290');

    await connector().presses(personOf('Tomasz').id, his.id, {
      verb: 'facilitation.tick',
      data: { community: system.team, week: '2026-11-23', task: 'content' },
    });
    await connector().presses(personOf('Priya').id, (await message('Priya', '40 of 290')).id, {
      verb: 'facilitation.tick',
      data: { community: system.team, week: '2026-11-23', task: 'content' },
    });
    await new Promise(resolve => setTimeout(resolve, 300));

    const copy = await message('Priya', '40 of 290');
    expect(
      words(copy)
        .split('\n')
        .filter(line => /^(Tomasz Nowak|Priya Raman), 09:\d\d$/.test(line))
        .toSorted(),
    ).toEqual([expect.stringContaining('Priya'), expect.stringContaining('Tomasz')]);
  });

  test('on Tuesday morning the same card turns to the new day, and one message has a line for each thing else', async () => {
    const before = messages('Priya').length;
    const his = messages('Tomasz').length;

    await system.moveTo('2026-11-24T09:00:00Z');

    const copy = await message('Priya', /Tuesday 24 November/);
    expect(words(copy)).toContain('From Monday');
    const several = await message('Priya', '2 things this morning');
    expect(actionsIn(card(several)).flatMap(({ verb, data }) => (verb === 'morning.show' ? [data] : []))).toEqual([
      expect.objectContaining({ wish: 'charter.question' }),
      expect.objectContaining({ wish: 'roles.vacant' }),
    ]);
    expect(words(several)).toContain('A question for the charter: Purpose');
    expect(words(several)).toContain('4 key roles have nobody yet, and no offer, Member support among them');
    expect(messages('Priya')).toHaveLength(before + 1);
    // He facilitates, and coordinates nothing.
    expect(messages('Tomasz')).toHaveLength(his);
  });

  test('the server is stopped and started again: nothing comes twice, and ticks are still there', async () => {
    const before = messages('Priya').length;

    await system.restart();
    await system.moveTo('2026-11-24T09:30:00Z');
    await new Promise(resolve => setTimeout(resolve, 500));

    expect(messages('Priya')).toHaveLength(before);
    expect(words(await message('Priya', /Tuesday 24 November/))).toContain('40 of 290');
  });

  test('the next Monday brings the next card, once; the old one says that its week is over', async () => {
    await system.moveTo('2026-11-30T09:00:00Z');
    await message('Priya', /Monday 30 November/);
    await system.moveTo('2026-11-30T09:05:00Z');
    await new Promise(resolve => setTimeout(resolve, 300));

    expect(messages('Priya').filter(one => words(one).includes('of 290 minutes done'))).toHaveLength(2);
  });
});

describe('words typed to the bot', () => {
  async function says(who: string, where: 'personal' | 'channel', text: string): Promise<Message> {
    const before = messages(where === 'channel' ? 'channel' : who).length;
    await connector().says(personOf(who).id, where, text);
    return eventually('an answer', () => messages(where === 'channel' ? 'channel' : who)[before]);
  }

  test.each(['hi', 'Hello', 'HELP', 'help!', '/help'])('%s is answered in a chat and in the channel', async text => {
    expect(words(await says('Amara', 'personal', text))).toContain('Hello Amara');
    expect(words(await says('Amara', 'channel', text))).toContain('Hello Amara');
  });

  test('what it does not know it offers to pass on, as it was written', async () => {
    const answer = await says('Amara', 'personal', 'the ${json(1)} <b>lunch</b> was cold?');

    expect(words(answer)).toContain('I do not know that');
    expect(words(answer)).toContain('Shall I pass your words on to Priya Raman?');
    expect(actionsIn(card(answer)).map(action => [action['title'], action['verb']])).toEqual([
      ['Pass it on', 'conversation.pass'],
      ['Keep it', 'agenda.park'],
    ]);
    expect(words(answer)).not.toContain('lunch');

    expect(await press('Amara', answer, 'conversation.pass')).toMatchObject({ outcome: 'card' });
    const passed = await message('Priya', `${personOf('Amara').name} asks`);
    expect(textsIn(card(passed))).toContain(String.raw`the $\{json\(1\)\} \<b\>lunch\</b\> was cold?`);
  });

  test('charter shows it as a card, with what was written', async () => {
    await system.ask('Priya', api.saveSection, {
      params: { section: 'purpose' },
      body: { text: 'We draw **fewer** charts.' },
      headers: { 'If-None-Match': '*' },
    });

    expect(words(await says('Amara', 'channel', 'charter'))).toContain('We draw **fewer** charts.');
    expect(
      ((await system.ask('Amara', api.charter)).body as CharterView).sections.find(one => one.id === 'purpose')?.changed
        ?.by,
    ).toEqual(personOf('Priya'));
  });

  test('somebody who is in no community of ours is told what to do', async () => {
    await connector().leaves(system.team, [personOf('Jonas').id]);

    expect((await says('Jonas', 'personal', 'help')).text).toContain('You are not in a team that has me yet');
  });
});

test('after the app is removed nothing more is sent; added again, it is ready at once', async () => {
  await connector().uninstallApp(system.team, personOf('Priya').id);
  const before = messages('Priya').length;
  await system.moveTo('2026-12-07T09:00:00Z');
  await new Promise(resolve => setTimeout(resolve, 500));
  expect(messages('Priya')).toHaveLength(before);

  const greetings = messages('channel').length;
  await connector().installApp(system.team, personOf('Priya').id);
  await eventually('the greeting', () => messages('channel').length > greetings);
  await system.moveTo('2026-12-14T09:00:00Z');
  await message('Priya', /Monday 14 December/);
});

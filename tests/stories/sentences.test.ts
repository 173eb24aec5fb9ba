import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '../../bot/cards.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { actionsIn, textsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** What people say, each in their own chat or in the channel, and what comes back, through the whole of it. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** Everything that the bot said in somebody's chat, or in the channel. */
function saidTo(who: string, kind: 'personal' | 'channel'): readonly Message[] {
  const { connector } = system.microsoft365;
  const found = connector.conversationsOf(personOf(who).id).find(({ conversation }) => conversation.kind === kind);
  return found ? connector.messages(found.conversation.id).filter(({ from }) => from === null) : [];
}

async function answerTo(who: string, text: string, where: 'personal' | 'channel' = 'personal'): Promise<Message> {
  const before = saidTo(who, where).length;
  await system.microsoft365.connector.says(personOf(who).id, where, text, { mention: where === 'channel' });
  return eventually(`an answer to ${text}`, () => saidTo(who, where)[before]);
}

function wordsOf({ text, cards }: Message): string {
  return [text, ...cards.flatMap(card => textsIn(card as Card)), ...buttonsOf(cards)].join('\n');
}

function buttonsOf(cards: Message['cards']): readonly string[] {
  return cards.flatMap(card => actionsIn(card as Card).map(({ title }) => String(title)));
}

const lines = readFileSync(join(import.meta.dirname, '../corpus/sentences/said.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map(line => {
    const [who = '', text = '', holds = '', never = ''] = line.split('\t');
    return { who, text, holds, never };
  });

describe('in their own chat', () => {
  test.each(lines)('$who says "$text" and reads $holds', async ({ who, text, holds, never }) => {
    const name = `${who[0]?.toUpperCase()}${who.slice(1)}`;
    const answer = wordsOf(await answerTo(name, text));

    expect(answer).toMatch(new RegExp(holds, 'i'));
    if (never) expect(answer).not.toMatch(new RegExp(never, 'is'));
  });

  test('not sure, it asks with buttons that say it', async () => {
    const answer = await answerTo('Nadia', 'the survey or the digest');

    expect(wordsOf(answer)).toContain('Did you mean');
    expect(buttonsOf(answer.cards).length).toBeGreaterThan(1);
  });

  test('what nobody knows reaches the coordinators only once it is pressed, with the name of who asked', async () => {
    const question = 'who can help me with Excel?';
    const answer = await answerTo('Lars', question);
    const before = saidTo('Priya', 'personal').length;
    const pass = actionsIn(answer.cards[0] as Card).find(({ verb }) => verb === 'conversation.pass');

    await system.microsoft365.connector.presses(personOf('Lars').id, answer.id, {
      verb: 'conversation.pass',
      data: pass?.['data'] as Record<string, unknown>,
    });

    const passed = await eventually('the question', () => saidTo('Priya', 'personal')[before]);
    expect(wordsOf(passed)).toContain('Lars Bergström asks');
    expect(wordsOf(passed)).toContain('help me with Excel?');
  });
});

describe('an act by sentence', () => {
  test('somebody else’s action is shown before it changes hands', async () => {
    const answer = await answerTo('Priya', 'assign the sketch sheets to Daniel');

    expect(wordsOf(answer)).toContain('to Daniel Fitzgerald?');
    expect(buttonsOf(answer.cards)).toContain('Yes, give it');
  });

  test('a setting is shown before it is changed, and others read who may', async () => {
    const shown = await answerTo('Priya', 'send the digest monthly');
    const refused = await answerTo('Lars', 'send the digest monthly');

    expect(wordsOf(shown)).toContain('Shall I change this?');
    expect(buttonsOf(shown.cards)).toContain('Yes, change it');
    expect(wordsOf(refused)).toContain('Priya Raman');
    expect(buttonsOf(refused.cards)).not.toContain('Yes, change it');
  });

  test('a survey is shown before it is planned', async () => {
    const answer = await answerTo('Priya', 'ask everybody whether they liked the last meeting');

    expect(wordsOf(answer)).toContain('Shall I plan this survey?');
  });

  test.each(['“done”', 'she said "delete my data"', '"stop"'])('%s in quotation marks does nothing', async text => {
    const answer = wordsOf(await answerTo('Gwen', text));

    expect(answer).not.toMatch(/^Done:|No more messages: all is quiet|Shall Data Storytellers forget you/);
    expect(answer).toContain('Did you mean');
  });
});

describe('in the channel', () => {
  test('what is not known is one line', async () => {
    const answer = await answerTo('Lars', 'the coffee machine on the third floor is broken', 'channel');

    expect(answer.cards).toEqual([]);
    expect(answer.text.split('\n')).toHaveLength(1);
  });

  test('what is somebody’s own comes to their chat, and the channel gets one line', async () => {
    const before = saidTo('Amara', 'personal').length;
    const answer = await answerTo('Amara', 'what do I have to do this week?', 'channel');

    expect(answer.cards).toEqual([]);
    expect(answer.text).toBe('That is yours alone, so I have answered in our own chat.');
    expect(wordsOf(saidTo('Amara', 'personal')[before]!)).toContain('bed report');
  });

  test('whom Teams lets us write nothing reads how to open a chat', async () => {
    const { connector } = system.microsoft365;
    connector.block(personOf('Yusuf').id, true);
    const before = saidTo('Yusuf', 'personal').length;
    const answer = await answerTo('Yusuf', 'what are my tasks', 'channel');
    connector.block(personOf('Yusuf').id, false);

    expect(answer.text).toContain('Open a chat with CoP Companion');
    expect(answer.text).not.toContain('sketch sheets');
    expect(saidTo('Yusuf', 'personal')).toHaveLength(before);
  });
});

test('nothing that anybody typed is in the log', () => {
  const log = JSON.stringify(system.log);

  expect(log).not.toMatch(/SPC charts|coffee machine|Call the library/);
});

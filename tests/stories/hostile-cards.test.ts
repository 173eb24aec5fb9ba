import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Card } from '../../bot/cards.ts';
import { api } from '../../domain/api.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * What a person wrote in one line is text on every card, whatever stands in it: no link, no bold, no tag, nothing
 * evaluated.
 */
const hostile = '[click](https://evil.example) **x** <at>y</at> ${1+1}';
const day = { opensOn: '2026-11-22', closesOn: '2026-11-29' };
const first = { 'If-None-Match': '*' };

let system: System;
beforeAll(async () => {
  system = await startSystem();
  const ask = async (...given: Parameters<System['ask']>): Promise<void> => {
    const { status, body } = await system.ask(...given);
    if (status !== 200) throw new Error(`${given[1].path} answered ${status}: ${JSON.stringify(body)}`);
  };
  await ask('Priya', api.addRole, { body: { title: hostile, purpose: hostile } });
  await ask('Priya', api.saveAction, {
    params: { action: 'hostile-action' },
    body: {
      title: hostile,
      owners: [personOf('Priya')],
      due: '2026-11-23',
      state: 'to-do',
      weight: 'baseline',
      aim: hostile,
      notes: hostile,
    },
    headers: first,
  });
  const question = {
    id: 'q1',
    kind: 'choice',
    text: hostile,
    options: [hostile.slice(0, 37), 'No'],
    low: '',
    high: '',
  };
  const rating = {
    id: 'q2',
    kind: 'rating',
    text: hostile,
    options: [],
    low: '[low](https://evil.example)',
    high: '**high**',
  };
  for (const audience of ['channel', 'members']) {
    await ask('Priya', api.planSurvey, {
      params: { survey: `hostile-${audience}` },
      body: {
        title: hostile,
        intro: `Read this first.\n\n${hostile}`,
        questions: [question, rating],
        anonymous: false,
        audience,
        ...day,
      },
    });
  }
});
afterAll(() => system.stop());

test.each([
  'roles',
  'plan',
  'survey',
  'overview',
  'week',
  'charter',
  'help',
  'add action [click](https://evil.example) **x** <at>y</at>',
])('typed: %s', async words => {
  const { connector } = system.microsoft365;
  const before = botMessages('Priya').length;
  await connector.says(personOf('Priya').id, 'personal', words);

  const answers = await eventually(
    `an answer to ${words}`,
    () => botMessages('Priya').length > before && botMessages('Priya').slice(before),
  );

  for (const { cards, text } of answers)
    expect([...cards.flatMap(card => readAsMarkdown(card as Card)), text].filter(isLive)).toEqual([]);
});

test('what came by itself', async () => {
  await system.moveTo('2026-11-23T09:00:10Z');
  await eventually('a reminder of the plan', () =>
    botMessages('Priya').some(({ cards }) => JSON.stringify(cards).includes('evil')),
  );

  const shown = ['Priya', 'Amara', 'Tomasz']
    .flatMap(who =>
      system.microsoft365.connector
        .conversationsOf(personOf(who).id)
        .flatMap(({ conversation }) => system.microsoft365.connector.messages(conversation.id)),
    )
    .filter(({ from }) => from === null)
    .flatMap(({ cards }) => cards.flatMap(card => readAsMarkdown(card as Card)));

  // The first words of a survey are of several lines, and written as they read: bold and links are meant.
  const [words, others] = [shown.filter(isIntro), shown.filter(text => !isIntro(text))];
  expect(others.filter(text => text.includes('evil')).length).toBeGreaterThan(2);
  expect(others.filter(isLive)).toEqual([]);
  expect(new Set(words)).toEqual(
    new Set(['Read this first.\n\n[click](https://evil.example/) **x** \\<at>y\\</at> ${1+1}']),
  );
});

function botMessages(who: string): readonly Message[] {
  const { connector } = system.microsoft365;
  const chat = connector.conversationsOf(personOf(who).id).find(({ conversation }) => conversation.kind === 'personal')
    ?.conversation.id;
  return chat === undefined ? [] : connector.messages(chat).filter(({ from, deleted }) => from === null && !deleted);
}

/**
 * What a renderer reads as Markdown: text blocks, facts, toggles, and choices that stand open; not labels, values and
 * buttons.
 */
function readAsMarkdown(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(readAsMarkdown);
  if (typeof value !== 'object' || value === null) return [];
  const one = value as Readonly<Record<string, unknown>>;
  const own =
    one['type'] === 'TextBlock'
      ? [one['text']]
      : one['type'] === 'FactSet'
        ? (one['facts'] as { title: string; value: string }[]).flatMap(({ title, value: said }) => [title, said])
        : one['type'] === 'Input.Toggle'
          ? [one['title']]
          : one['type'] === 'Input.ChoiceSet' && one['style'] === 'expanded'
            ? (one['choices'] as { title: string }[]).map(({ title }) => title)
            : [];
  return [...own.map(String), ...Object.values(one).flatMap(readAsMarkdown)];
}

const isIntro = (text: string): boolean => text.startsWith('Read this first.');

function isLive(text: string): boolean {
  return /(?<!\\)\[(click|low)(?<!\\)\]\(|(?<!\\)\*\*(x|high)\*\*|(?<!\\)<at|\[click\]\(https:\/\/evil|evil\.example\) \*\*x/.test(
    text,
  );
}

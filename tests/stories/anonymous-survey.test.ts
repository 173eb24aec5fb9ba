import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Card } from '../../bot/cards.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { api } from '../../domain/api.ts';
import type { AnswerView, SurveysView } from '../../domain/surveys/api.ts';
import type { SurveyDraft } from '../../domain/surveys/survey.ts';
import { actionsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * An anonymous survey through the whole product, over signed HTTP, with its real files. Each test goes on where the one
 * before ended.
 */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const survey = 'quiet-words';
const draft: SurveyDraft = {
  title: 'Quiet words',
  intro: '',
  questions: [
    { id: 'say', kind: 'text', text: 'What should change?', options: [], low: '', high: '', required: false },
  ],
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-22',
  closesOn: '2026-11-27',
};
/** Who answers in the tab, besides Amara and Yusuf, who press on their cards. */
const [amara, yusuf] = ['Amara', 'Yusuf'].map(personOf) as [ReturnType<typeof personOf>, ReturnType<typeof personOf>];
const others = samplePeople
  .filter(({ id, role }) => role === 'member' && ![amara.id, yusuf.id].includes(id))
  .slice(0, 4);
const tokens: string[] = [];
const said = (id: string): string => `verbatim-zebra-${id.slice(0, 8)}`;

async function seen(who = 'Priya'): Promise<SurveysView['surveys'][number] | undefined> {
  return ((await system.ask(who, api.surveys)).body as SurveysView).surveys.find(({ id }) => id === survey);
}

function askedIn(who: { readonly id: string }): Promise<Message> {
  const { connector } = system.microsoft365;
  return eventually('the survey in their chat', () => {
    const chat = connector.conversationsOf(who.id).find(({ conversation }) => conversation.kind === 'personal');
    return (
      chat &&
      connector
        .messages(chat.conversation.id)
        .findLast(({ cards }) => JSON.stringify(cards).includes('What should change?'))
    );
  });
}

/** Answers on the card; returns what came of it. */
async function presses(who: { readonly id: string }, words: string) {
  const card = await askedIn(who);
  const data = actionsIn(card.cards[0] as Card).find(({ verb }) => verb === 'surveys.answer')?.['data'] as object;
  return system.microsoft365.connector.presses(who.id, card.id, {
    verb: 'surveys.answer',
    data: { ...data, 'q-say': words },
  });
}

/** Everything the product has on its disk, but for the programs of the database. */
async function onDisk(): Promise<Buffer> {
  const files = await readdir(system.dataDir, { recursive: true });
  const contents = await Promise.all(
    files.map(async file => {
      const path = join(system.dataDir, file);
      return (await stat(path)).isFile() ? readFile(path) : Buffer.alloc(0);
    }),
  );
  return Buffer.concat(contents);
}

test('six people answer, in their chats and in the tab, and one changes what they said', async () => {
  expect((await system.ask('Priya', api.planSurvey, { params: { survey }, body: draft })).status).toBe(200);
  // It comes in the morning, as a line where there is more to say; whoever asks has it at once.
  for (const { id } of [amara, yusuf]) await system.microsoft365.connector.says(id, 'personal', 'survey');

  const outcomes = [await presses(amara, 'verbatim-zebra-replaced'), await presses(yusuf, said(yusuf.id))];
  for (const { displayName, id } of others) {
    const { status, body } = await system.ask(displayName, api.answerSurvey, {
      params: { survey },
      body: { sheet: { say: said(id) }, token: null },
    });
    expect(status).toBe(200);
    tokens.push((body as AnswerView).token ?? '');
  }
  const thanks = JSON.stringify(outcomes[0]);
  const token = /"token":"([\w-]{36})"/.exec(thanks)?.[1] ?? '';
  tokens.push(token);
  const changed = await system.ask('Amara', api.answerSurvey, {
    params: { survey },
    body: { sheet: { say: said(amara.id) }, token },
  });

  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['card', 'card']);
  expect(changed).toMatchObject({ status: 200, body: { token } });
  expect(await seen()).toMatchObject({ phase: 'open', answered: 5, results: { state: 'hidden', why: 'until-close' } });
});

test('no byte of the database, its log and the keys has an answer, what was replaced, or a token', async () => {
  const bytes = await onDisk();

  expect(bytes.includes('Quiet words')).toBe(true);
  expect(['verbatim-zebra', ...tokens].filter(words => bytes.includes(words))).toEqual([]);
});

test('no line of the log says who answered, also when an answer could not be taken', async () => {
  const outcome = await presses(yusuf, 'verbatim-zebra-late');
  const refused = await system.ask('Yusuf', api.answerSurvey, {
    params: { survey },
    body: { sheet: { say: 'verbatim-zebra-late' }, token: null },
  });

  const lines = system.log
    .map(line => JSON.stringify(line))
    .filter(line => line.includes('surveys.answer') || line.includes(`${survey}/answer`));
  expect([outcome.outcome, refused.status]).toEqual(['notice', expect.any(Number)]);
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(lines.length).toBeGreaterThanOrEqual(1);
  const all = system.log.map(line => JSON.stringify(line)).join('\n');
  for (const line of lines) for (const { id } of samplePeople) expect(line).not.toContain(id);
  for (const words of ['verbatim-zebra', ...tokens]) expect(all).not.toContain(words);
});

test('the app is removed and added again: the survey is over, its answers are gone, and the coordinators read why', async () => {
  const { connector } = system.microsoft365;
  await connector.uninstallApp(system.team, personOf('Tomasz').id);
  await eventually('the community to be gone', async () => (await system.ask('Priya', api.surveys)).status === 404);
  const keys = (await readdir(join(system.dataDir, 'keys'), { recursive: true })).length;
  await connector.installApp(system.team, personOf('Tomasz').id);
  await eventually('the community to be back', async () => (await system.ask('Priya', api.surveys)).status === 200);

  const late = await system.ask('Priya', api.answerSurvey, {
    params: { survey },
    body: { sheet: { say: 'too late' }, token: null },
  });

  expect(keys).toBe(0);
  expect(late).toMatchObject({ status: 409 });
  expect(await seen()).toMatchObject({ phase: 'closed', answered: 0, results: { state: 'hidden', why: 'lost' } });

  await system.moveTo('2026-11-23T09:00:00Z');

  await eventually('the survey to be closed for good', async () => (await seen())?.closesOn === '2026-11-23');
  // On Monday the week's card is what she gets.
  await system.moveTo('2026-11-24T09:00:00Z');
  await eventually('the coordinator to be told', () => {
    const chat = connector
      .conversationsOf(personOf('Priya').id)
      .find(({ conversation }) => conversation.kind === 'personal');
    return (
      chat &&
      connector
        .messages(chat.conversation.id)
        .some(({ cards }) => JSON.stringify(cards).includes('Results: Quiet words'))
    );
  });
});

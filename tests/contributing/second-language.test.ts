import { beforeEach, describe, expect, test } from '@jest/globals';
import { charter } from '../../bot/features/charter/index.ts';
import type { Feature } from '../../bot/feature.ts';
import { createRestDays } from '../../bot/shared/rest-days.ts';
import englishTab from '../../tabs/features/charter/text.en.json' with { type: 'json' };
import englishMethod from '../../domain/charter/text.en.json' with { type: 'json' };
import { createTexts as createTabTexts } from '../../tabs/lib/text.ts';
import { templateIn, surveyTemplates } from '../../domain/surveys/method.ts';
import englishSurveys from '../../domain/surveys/text.en.json' with { type: 'json' };
import { checkCard, textsIn } from '../support/cards.ts';
import {
  ask,
  cardOf,
  clockAt,
  community,
  member,
  noticeOf,
  quietLog,
  recordingFiles,
  recordingMessenger,
  rosterOf,
  textsOf,
} from '../support/feature-parts.ts';
import { createInMemoryLists } from '../support/in-memory-lists.ts';

// As docs/contributing.md has it: what a `text.de.json` beside the feature's own sentences would say, and one beside the
// method's, named beside the English ones.

const german = { title: 'Die Charta von {{community}}', questions: 'Fragen, die helfen' };
const germanMethod = {
  method: {
    purpose: {
      title: 'Zweck',
      hint: 'Warum es uns gibt, in zwei oder drei Sätzen.',
      question: { lunch: 'Was würdest du beim Mittagessen antworten?' },
    },
  },
};

let feature: Feature;
const here = community();
const who = member('Ben Ito');

beforeEach(() => {
  const english: Feature = charter({
    log: quietLog,
    lists: createInMemoryLists(),
    files: recordingFiles(),
    links: { tab: () => 'https://teams.example/charter' },
    clock: clockAt('2026-11-22T10:00:00Z').now,
    messenger: recordingMessenger(() => textsOf(english)),
    roster: rosterOf(),
    restDays: createRestDays(),
  });
  feature = { ...english, text: { ...english.text, de: { ...german, ...germanMethod } } };
});

describe('with a second language', () => {
  test('a card says what the feature and the method say in it, and English where nobody has translated yet', async () => {
    const card = cardOf(await ask(feature, 'charter', { who, community: here, rest: 'zweck', locale: 'de-AT' }));

    checkCard(card);
    expect(textsIn(card)).toEqual([
      'Die Charta von Data Storytellers',
      'Zweck',
      'Nobody has written this yet. Warum es uns gibt, in zwei oder drei Sätzen.',
      'Fragen, die helfen',
      '- Was würdest du beim Mittagessen antworten?',
      '- Why did each of us say yes to it, and what do our reasons have in common?',
      '- What would be missing if we did not exist?',
      'Open the charter',
    ]);
  });

  test('everybody else reads English', async () => {
    const card = cardOf(await ask(feature, 'charter', { who, community: here, rest: 'purpose', locale: 'fr-FR' }));

    expect(textsIn(card).slice(0, 2)).toEqual(['The charter of Data Storytellers', 'Purpose']);
  });

  test('a section is found by its name in the language of whoever types it', async () => {
    const notice = noticeOf(await ask(feature, 'charter', { who, community: here, rest: 'zweck', locale: 'en-GB' }));

    expect(notice).toContain('Scope, Purpose, Aims');
  });

  test('the tab says it as well', () => {
    const texts = createTabTexts('de-AT', { de: { charter: germanMethod } });
    const t = texts.for('charter', { en: { ...englishTab, ...englishMethod } });

    expect([t('method.purpose.title'), t('method.aims.title'), t('contents')]).toEqual(['Zweck', 'Aims', 'Contents']);
  });

  test('a survey is begun in the language of whoever plans it', () => {
    const de = { method: { event: { title: 'Wie war es?', question: { use: { low: 'gar nicht' } } } } };
    const t = createTabTexts('de-DE', { de: { 'surveys-templates': de } }).for('surveys-templates', {
      en: englishSurveys,
    });
    const template = templateIn(t, surveyTemplates.find(({ id }) => id === 'event')!);

    expect([template.title, template.questions[0]]).toEqual([
      'Wie war es?',
      {
        id: 'use',
        kind: 'rating',
        text: 'How likely are you to use something from it at work?',
        options: [],
        low: 'gar nicht',
        high: 'already doing it',
        required: false,
      },
    ]);
  });
});

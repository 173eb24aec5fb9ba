import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { listFates, tableFates } from '../../bot/personal-data/fates.ts';
import { sealOldBallots } from '../../bot/features/surveys/old-ballots.ts';
import { openSurveyKeys } from '../../bot/features/surveys/survey-keys.ts';
import { definitions, type ListName } from '../../bot/lists/model.ts';
import privacyText from '../../bot/features/privacy/text.en.json' with { type: 'json' };
import { temporaryFolder } from '../support/clean-up.ts';
import { createEngines, type OpenedEngine } from '../support/engines.ts';

/** Whoever adds a table or a list says what becomes of it when somebody is forgotten, and says it to people. */
const engines = createEngines();
let opened: OpenedEngine;
beforeAll(async () => {
  opened = await engines.open('the embedded database');
  // A start does the same: it drops the tables of earlier versions.
  await sealOldBallots(opened.database.db, await openSurveyKeys((await temporaryFolder('keys')).path));
});
afterAll(async () => {
  await opened.close();
  await engines.stop();
});

test('every table of the database has a fate, and none is left over', async () => {
  const { rows } = await sql<{
    name: string;
  }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'cop_migrations%'`.execute(
    opened.database.db,
  );

  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(tableFates).toSorted());
});

test('a table without a fate holds nobody', async () => {
  const { rows } = await sql<{
    name: string;
    column: string;
  }>`SELECT table_name AS name, column_name AS column FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('person', 'recipient', 'made_by', 'installed_by', 'settings', 'user_id')`.execute(
    opened.database.db,
  );

  expect(rows.filter(({ name }) => tableFates[name as keyof typeof tableFates] === 'nobody')).toEqual([]);
});

describe.each(Object.entries(listFates) as [ListName, (typeof listFates)[ListName]][])(
  'the list %s',
  (name, { of, shows }) => {
    test('shows columns that there are', () => {
      const columns = Object.keys(definitions[name].columns);

      expect([...shows, ...(of === undefined ? [] : [of])].filter(column => !columns.includes(column))).toEqual([]);
    });

    test('has words for people, and so have its columns', () => {
      expect(privacyText.kind[name].title).not.toBe('');
      expect(shows.filter(column => !(column in privacyText.field))).toEqual([]);
    });
  },
);

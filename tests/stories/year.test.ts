import { beforeAll, describe, expect, test } from '@jest/globals';
import { toldFinding } from '../../infra/year/checks/finding.ts';
import { checkYear, rules } from '../../infra/year/checks/index.ts';
import { live, type Lived } from '../../infra/year/live.ts';
import { nameOf, storyOf, tableOf } from '../../infra/year/report.ts';
import { temporaryFolder } from '../support/clean-up.ts';

/**
 * The first weeks of `npm run year`, with a Christmas in them: people join and leave, a coordinator among them, are on
 * holiday, answer or do not.
 */
const weeks = 8;

let lived: Lived;
beforeAll(async () => {
  const { path } = await temporaryFolder('year');
  lived = await live({ dataDir: path, weeks, seed: 1 });
}, 600_000);

test.each(rules.map(({ name }) => name))('%s', name => {
  const { findings } = checkYear(lived.diary).find(({ rule }) => rule === name)!;
  expect(findings.map(toldFinding)).toEqual([]);
});

describe('the year', () => {
  test('reached people: what they got stands in the table, and what they read in the story', () => {
    const table = tableOf(lived.diary, weeks);
    expect(table.split('\n').find(line => line.startsWith('Priya Raman'))).toMatch(/■/);
    expect(storyOf(lived.diary)).toContain('Welcome to Data Storytellers');
  });

  test('had people in it who answered, joined and left', () => {
    const did = lived.diary.acts.map(({ person, what }) => `${nameOf(person)} ${what}`);
    for (const act of [
      'Jonas Weber joins the team',
      'Tomasz Nowak leaves the team',
      'Jonas Weber presses welcome.answer',
    ])
      expect(did).toContainEqual(expect.stringContaining(act));
  });

  test('nothing failed on the server', () => {
    const failed = lived.complaints.filter(line => !line.includes('MessageWritesBlocked'));
    expect(failed).toEqual([]);
  });
});

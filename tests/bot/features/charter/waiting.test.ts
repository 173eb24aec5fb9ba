import { beforeEach, expect, test } from '@jest/globals';
import { charter, charterWaiting } from '../../../../bot/features/charter/index.ts';
import { charterSections } from '../../../../domain/charter/method.ts';
import type { SectionId } from '../../../../domain/charter/charter.ts';
import type { ReadComing } from '../../../../bot/shared/waiting.ts';
import { community, member, person, rosterOf, textsOf } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { nothingComes } from '../../../support/wishes.ts';

const here = community({ installedAt: '2026-11-19T08:00:00Z' });
const priya = member('Priya Raman');
let scene: FeatureScene<ReturnType<typeof charter>>;

beforeEach(() => {
  scene = sceneOf(charter, { members: [priya], at: '2026-11-23T09:00:00Z' });
});

async function writes(key: string, text: string, reviewOn: string | null = null): Promise<void> {
  const row = { key, section: key as SectionId, text, reviewOn };
  const by = { changedBy: person('Priya Raman'), changedAt: '2026-11-20T10:00:00.000Z' };
  await scene.lists.of(here.id).charter.create({ ...row, ...by });
}
async function writesAllBut(...empty: readonly string[]): Promise<void> {
  for (const { id } of charterSections) if (!empty.includes(id)) await writes(id, 'We wrote this.');
}
async function lines(coming: ReadComing = nothingComes) {
  const { lists, clock, feature } = scene;
  const read = charterWaiting({ coming, lists, roster: rosterOf(priya), clock: clock.now });
  return (await read(here))(textsOf(feature).for('facilitation', 'en-GB'), false);
}

test('a charter that is written, with its review to come, has nothing that waits', async () => {
  await writesAllBut();
  await writes('review', '', '2026-12-01');

  expect(await lines()).toEqual([]);
});

test('names four sections that nobody has written, those whose turn is next, and counts the others', async () => {
  expect(await lines()).toEqual([
    {
      text: 'Not written yet in the charter: Aims, Scope, Members and Ways of working',
      // Not the purpose, which this week’s question names.
      more: charterSections.length - 5,
    },
  ]);
});

test('names the others in the weeks after, until all have been named', async () => {
  const named = async (day: string) => {
    scene.clock.moveTo(`${day}T09:00:00Z`);
    return (await lines())[0]?.text.replace('Not written yet in the charter: ', '');
  };

  expect([await named('2026-11-30'), await named('2026-12-07')]).toEqual([
    'Governance, Roles, Communication and Resources',
    'Risks, Measures, Aims and Scope',
  ]);
});

test('leaves out the section that this week’s question names, and those with a draft', async () => {
  await writesAllBut('risks', 'measures', 'resources');
  const { charterDrafts, askedQuestions } = scene.lists.of(here.id);
  await charterDrafts.create({
    key: 'risks/draft',
    section: 'risks',
    question: 'history',
    text: 'We may lose interest.',
    by: person('Priya Raman'),
    at: '2026-11-20T10:00:00.000Z',
    etag: null,
  });
  const asked = { section: 'measures' as const, question: 'work', askedAt: '2026-11-24T09:00:00.000Z' };
  await askedQuestions.create({ key: 'measures/work', ...asked, period: '2026-11-23' });

  expect(await lines()).toEqual([{ text: 'Not written yet in the charter: Resources', more: 0 }]);
});

test('names empty sections for eight weeks after the last change, says when it is the last time, and lets them go', async () => {
  await writesAllBut('risks', 'measures');
  const on = async (day: string) => {
    scene.clock.moveTo(`${day}T09:00:00Z`);
    return (await lines()).map(({ text }) => text);
  };

  expect(await on('2027-01-04')).toEqual(['Not written yet in the charter: Measures']);
  expect(await on('2027-01-11')).toEqual([
    'Not written yet in the charter: Measures (named here for the last time, until something changes in it)',
  ]);
  expect(await on('2027-01-18')).toEqual([]);
});

test.each([
  ['2026-11-23', 'The review of the charter was due on Monday 23 November'],
  ['2026-10-01', 'The review of the charter was due on Thursday 1 October (named here for the last time)'],
])('names the review of %s', async (on, text) => {
  await writesAllBut();
  await writes('review', '', on);

  expect(await lines()).toEqual([{ text, more: 0 }]);
});

test('leaves out a review about which they get a card in this week', async () => {
  await writesAllBut();
  await writes('review', '', '2026-11-23');

  expect(await lines(async (_community, _week, questions) => new Set(questions))).toEqual([]);
});

test('lets a review go whose day was long ago', async () => {
  await writesAllBut();
  await writes('review', '', '2026-06-01');

  expect(await lines()).toEqual([]);
});

import { beforeEach, expect, test } from '@jest/globals';
import { charter, charterWaiting } from '../../../../bot/features/charter/index.ts';
import { charterSections } from '../../../../domain/charter/method.ts';
import type { SectionId } from '../../../../domain/charter/charter.ts';
import { community, member, person, textsOf } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';

const here = community();
let scene: FeatureScene<ReturnType<typeof charter>>;

beforeEach(() => {
  scene = sceneOf(charter, { members: [member('Priya Raman')], at: '2026-11-23T09:00:00Z' });
});

async function writes(key: string, text: string, reviewOn: string | null = null): Promise<void> {
  const row = { key, section: key as SectionId, text, reviewOn };
  const by = { changedBy: person('Priya Raman'), changedAt: '2026-11-20T10:00:00.000Z' };
  await scene.lists.of(here.id).charter.create({ ...row, ...by });
}
async function writesAllBut(...empty: readonly string[]): Promise<void> {
  for (const { id } of charterSections) if (!empty.includes(id)) await writes(id, 'We wrote this.');
}
async function lines() {
  const { lists, clock, feature } = scene;
  const read = charterWaiting({ lists, clock: clock.now });
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

test('leaves to the question of the week the section that it names', async () => {
  await writesAllBut('governance');
  const before = await lines();
  const asked = { section: 'governance' as const, question: 'decide', askedAt: '2026-11-17T09:00:00.000Z' };
  await scene.lists.of(here.id).askedQuestions.create({ key: 'governance/decide', ...asked, period: '2026-11-16' });

  expect([before, await lines()]).toEqual([
    [],
    // Asked about last week, it rests from the question this week.
    [{ text: 'Not written yet in the charter: Governance', more: 0 }],
  ]);
});

test('leaves out a section with a draft, and one that was asked about three times', async () => {
  await writesAllBut('risks', 'measures', 'resources');
  const { charterDrafts, askedQuestions } = scene.lists.of(here.id);
  const [risks, measures] = (['risks', 'measures'] as const).map(id => charterSections.find(one => one.id === id)!);
  for (const question of measures!.questions.slice(0, 3)) {
    const asked = { section: 'measures' as const, question, askedAt: '2026-11-01T09:00:00.000Z', period: '2026-10-26' };
    await askedQuestions.create({ key: `measures/${question}`, ...asked });
  }
  await charterDrafts.create({
    key: 'risks/draft',
    section: 'risks',
    question: risks!.questions[0]!,
    text: 'We may lose interest.',
    by: person('Priya Raman'),
    at: '2026-11-20T10:00:00.000Z',
    etag: null,
  });

  const asked = { section: 'resources' as const, question: 'time', askedAt: '2026-11-17T09:00:00.000Z' };
  await askedQuestions.create({ key: 'resources/time', ...asked, period: '2026-11-16' });

  expect(await lines()).toEqual([{ text: 'Not written yet in the charter: Resources', more: 0 }]);
});

test.each([
  ['2026-11-23', 'The review of the charter was due on Monday 23 November'],
  ['2026-10-01', 'The review of the charter was due on Thursday 1 October (named here for the last time)'],
])('names the review of %s', async (on, text) => {
  await writesAllBut();
  await writes('review', '', on);

  expect(await lines()).toEqual([{ text, more: 0 }]);
});

test('lets a review go whose day was long ago', async () => {
  await writesAllBut();
  await writes('review', '', '2026-06-01');

  expect(await lines()).toEqual([]);
});

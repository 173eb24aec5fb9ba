import { beforeEach, describe, expect, test } from '@jest/globals';
import { charter } from '../../../../bot/features/charter/index.ts';
import { longestSection, sectionIds, type SectionId } from '../../../../domain/charter/charter.ts';
import { actionsIn, checkCard, faultsOf, samplesOf, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, community, member, noticeOf, person, settings } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';

const ben = member('Ben Ito');
const here = community();
let lists: InMemoryLists;
let feature: ReturnType<typeof charter>;

beforeEach(() => {
  const links = { tab: (id: string, page: string) => `https://teams.example/${id}/${page}` };
  ({ feature, lists } = sceneOf(parts => charter({ ...parts, links })));
});

/** Of the cards that are not about the whole charter. */
const firstWords: Readonly<Record<string, RegExp>> = {
  question: /^A question for the charter of Data Storytellers: Governance$/,
  'question-answered': /^Thank you, that is kept$/,
  'question-later': /^That is fine/,
  round: /^Is this the charter of Data Storytellers\?$/,
};

test.each(samplesOf('charter'))('the sample of $name renders', ({ name, card }) => {
  checkCard(card);

  expect(textsIn(card)[0]).toMatch(firstWords[name] ?? /the charter of Data Storytellers$/i);
});

describe('charter', () => {
  test('shows purpose, aims, coordinators, how much is written and the next review', async () => {
    await write('purpose', 'We **share** what works.');
    await write('aims', 'Ten good talks.');
    await setReview('2027-03-01');

    const card = await shown();

    checkCard(card);
    expect(textsIn(card)).toEqual([
      'The charter of Data Storytellers',
      'Purpose',
      'We **share** what works.',
      'Aims',
      'Ten good talks.',
      'Coordinator',
      'Written',
      'Next review',
      'Open the charter',
    ]);
    expect(factsIn(card)).toEqual(['Priya Raman', '2 of 11 sections', '1 March 2027']);
    expect(actionsIn(card, 'Action.OpenUrl')).toEqual([
      { type: 'Action.OpenUrl', title: 'Open the charter', url: `https://teams.example/${here.id}/charter` },
    ]);
  });

  test('of which nothing is written invites, with questions to start from', async () => {
    const card = await shown();

    checkCard(card);
    expect(textsIn(card)[1]).toMatch(/^Nothing is written yet/);
    expect(textsIn(card)).toContain('Questions to start from');
    expect(textsIn(card)).toContain('Write the charter');
  });

  test('says when a review is overdue', async () => {
    await setReview('2026-11-01');

    const card = await shown();

    expect(factsIn(card)).toContain('It was due on 1 November 2026');
  });

  test('headings become bold, and long text ends at a word', async () => {
    await write('purpose', `# Why\n${'word '.repeat(1000)}`);

    const [, , purpose = ''] = textsIn(await shown());

    expect(purpose).toMatch(/^\*\*Why\*\*\n\nword .* word…$/s);
    expect(purpose.length).toBeLessThanOrEqual(700);
  });
});

describe('charter with a section', () => {
  test.each([
    ['its name', 'Ways of working'],
    ['its id', 'ways-of-working'],
    ['how it begins, in any case', 'WAYS'],
  ])('is found by %s', async (_reason, rest) => {
    await write('ways-of-working', 'We listen.');

    const card = await shown(rest);

    expect(textsIn(card)).toEqual([
      'The charter of Data Storytellers',
      'Ways of working',
      'We listen.',
      'Open the charter',
    ]);
    expect(actionsIn(card, 'Action.OpenUrl')[0]?.['url']).toBe(
      `https://teams.example/${here.id}/charter/ways-of-working`,
    );
  });

  test('that nobody has written says so, with its questions', async () => {
    const texts = textsIn(await shown('risks'));

    expect(texts[2]).toMatch(/^Nobody has written this yet\./);
    expect(texts.filter(text => text.startsWith('- '))).toHaveLength(3);
  });

  test('that does not exist names those that do', async () => {
    const notice = noticeOf(await ask(feature, 'charter', { who: ben, community: here, rest: 'budget ${json(1)}' }));

    expect(notice).toMatch(/^The charter has no section of that name\. Its sections are: Scope, Purpose/);
  });
});

test.each([
  ['HTML', '<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)>'],
  ['an expression', '${json(1)}', '${json(1)}'],
  ['interpolation', '{{name}} $t(open)', '{{name}} $t(open)'],
])('%s is shown as it was typed, and never evaluated', async (_reason, text, expected) => {
  await write('purpose', text);

  expect(textsIn(await shown())).toContain(expected);
});

test.each([
  ['Latin letters', 'a '],
  ['a script of three bytes a letter', 'श्री '],
  ['marks that need escaping', '<b '],
  ['control characters', '\u0001'],
])('the largest card keeps under 25 KB: %s', async (_reason, letters) => {
  const text = letters.repeat(longestSection / letters.length);
  for (const id of sectionIds) await write(id, text);
  const crowd = Array.from({ length: 20 }, (_, index) => person(`${'Wolfeschlegelsteinhausen '.repeat(9)}${index}`));
  const crowded = community({ name: 'नमस्ते '.repeat(40), settings: settings({ coordinators: crowd }) });

  const whole = await ask(feature, 'charter', { who: ben, community: crowded });
  const alone = await ask(feature, 'charter', { who: ben, community: crowded, rest: 'purpose' });

  expect([...faultsOf(cardOf(whole)), ...faultsOf(cardOf(alone))]).toEqual([]);
});

async function shown(rest = '') {
  return cardOf(await ask(feature, 'charter', { who: ben, community: here, rest }));
}

async function write(section: SectionId, text: string): Promise<void> {
  await lists.of(here.id).charter.create({
    key: section,
    section,
    text,
    reviewOn: null,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T10:00:00Z',
  });
}

async function setReview(on: string): Promise<void> {
  await lists.of(here.id).charter.create({
    key: 'review',
    section: 'review',
    text: '',
    reviewOn: on,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T10:00:00Z',
  });
}

function factsIn(card: object): unknown[] {
  const { body } = card as { body: { type: string; facts?: { value: string }[] }[] };
  return body.flatMap(element => element.facts?.map(({ value }) => value) ?? []);
}

import { describe, expect, test } from '@jest/globals';
import { longestAsk, longestIntro, longestStory, noWords, type DigestWords } from '../../../../domain/digest/digest.ts';
import { fits, fromForm, mailAddress, mergeWords, sameWords, toForm } from '../../../../tabs/features/digest/words.ts';

const words: DigestWords = {
  intro: 'A good month',
  ask: 'A word in the board',
  story: 'Emeka found the mistake',
  questions: [],
  times: ['Tuesday at ten'],
  sendOn: '2026-12-03',
};

test('the form has a field for each time that can be offered', () => {
  expect(toForm(words)).toEqual({ ...words, times: ['Tuesday at ten', '', ''] });
});

test('words go through the form unchanged', () => {
  expect(fromForm(toForm(words))).toEqual(words);
});

test('spaces at the ends and empty times are left out', () => {
  const form = { ...words, intro: ' A good month\n', ask: '\t', times: ['', '  Tuesday at ten ', ' '] };

  expect(fromForm(form)).toEqual({ ...words, ask: '' });
});

test.each<[Partial<DigestWords>, boolean, string]>([
  [{}, true, 'nothing was changed'],
  [{ intro: 'A good month  ' }, true, 'spaces at the end say nothing'],
  [{ times: ['', 'Tuesday at ten'] }, true, 'an empty time before it says nothing'],
  [{ story: '' }, false, 'the story went'],
  [{ sendOn: null }, false, 'the day went'],
])('%#: whether something is to be saved: %s', (change, expected, _reason) => {
  expect(sameWords({ ...words, ...change }, words)).toBe(expected);
});

describe('two who write one digest', () => {
  const base = toForm(words);

  test('in different fields: both stay, and it is said what came from the other', () => {
    const [mine, theirs] = [
      { ...base, story: 'Mine' },
      { ...base, intro: 'Theirs', times: ['', 'Monday', ''] },
    ];

    expect(mergeWords(base, mine, theirs)).toEqual({
      value: { ...base, story: 'Mine', intro: 'Theirs', times: ['', 'Monday', ''] },
      theirs: ['intro', 'times'],
      clashes: [],
    });
  });

  test.each<[string, Partial<DigestWords>, Partial<DigestWords>, readonly string[]]>([
    ['the same field differently', { ask: 'Mine' }, { ask: 'Theirs' }, ['ask']],
    ['the same field in the same words', { ask: 'Same' }, { ask: 'Same ' }, []],
    ['the day, which one of them took out', { sendOn: null }, { sendOn: '2026-12-04' }, ['sendOn']],
  ])('both %s', (_reason, mine, theirs, clashes) => {
    const merged = mergeWords(base, toForm({ ...words, ...mine }), toForm({ ...words, ...theirs }));

    expect(merged).toEqual({ value: toForm({ ...words, ...mine }), theirs: [], clashes });
  });
});

describe('what is too long', () => {
  test.each<[keyof DigestWords, number]>([
    ['intro', longestIntro],
    ['ask', longestAsk],
    ['story', longestStory],
  ])('%s holds %i characters and not one more', (field, most) => {
    expect([
      fits({ ...noWords, [field]: 'م'.repeat(most) }),
      fits({ ...noWords, [field]: 'م'.repeat(most + 1) }),
    ]).toEqual([true, false]);
  });

  test('ten thousand characters do not fit anywhere, and are not cut', () => {
    const long = '🙂'.repeat(5_000);

    expect([fits({ ...noWords, intro: long }), fromForm(toForm({ ...noWords, intro: long })).intro === long]).toEqual([
      false,
      true,
    ]);
  });
});

describe('a mail', () => {
  const to = 'sponsor@example.org';

  test('brings a short text along, with lines as mail has them', () => {
    expect(mailAddress({ to, subject: 'Three & more', text: 'One\nTwo' })).toEqual({
      address: 'mailto:sponsor%40example.org?subject=Three%20%26%20more&body=One%0D%0ATwo',
      whole: true,
    });
  });

  test.each([
    ['x'.repeat(2_000), 'long'],
    ['م'.repeat(400), 'short, but six times as long in an address'],
    ['🙂'.repeat(5_000), 'of ten thousand characters'],
  ])('leaves out what a program would cut: %#', (text, _reason) => {
    expect(mailAddress({ to, subject: 'Digest', text })).toEqual({
      address: 'mailto:sponsor%40example.org?subject=Digest',
      whole: false,
    });
  });

  test('cannot be given a second address or other headers by what somebody wrote', () => {
    const { address } = mailAddress({
      to: 'a@example.org?bcc=b@example.org',
      subject: 'x&cc=b@example.org',
      text: '&bcc=b',
    });

    expect([...new URL(address).searchParams.keys()]).toEqual(['subject', 'body']);
    expect(new URL(address).pathname).toBe('a%40example.org%3Fbcc%3Db%40example.org');
  });
});

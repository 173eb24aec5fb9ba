import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTexts } from '../../../../bot/text.ts';
import en from '../../../../bot/features/delivery/text.en.json' with { type: 'json' };

const features = join(import.meta.dirname, '../../../../bot/features');
const t = createTexts({ delivery: { en } }).for('delivery', 'en-GB');

/** Every kind of message that a feature posts, as its source names it. */
const kinds = [
  ...new Set(
    globSync('**/*.ts', { cwd: features }).flatMap(file =>
      [...readFileSync(join(features, file), 'utf8').matchAll(/(?:Kind = |kind: )'([a-z]+\.[a-zA-Z]+)'/g)].map(
        ([, kind]) => kind ?? '',
      ),
    ),
  ),
];

test('the source names the kinds that there are', () => {
  expect(kinds).toEqual(
    expect.arrayContaining(['facilitation.week', 'welcome.card', 'plan.reminder', 'digest.sponsor', 'surveys.ask']),
  );
});

test.each(kinds)('the list of messages has words for %s', kind => {
  const words = t(`kind.${kind}`);

  expect(words).not.toBe(`kind.${kind}`);
  expect(words).not.toBe(t('kind.other'));
});

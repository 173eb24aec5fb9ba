import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { actionsIn, checkCard, textsIn } from '../support/cards.ts';
import { ask, cardOf, community, member, press } from '../support/feature-parts.ts';
import { icebreaker } from './icebreaker/index.ts';

const folder = join(import.meta.dirname, 'icebreaker');
const page = readFileSync(join(import.meta.dirname, '../../docs/contributing.md'), 'utf8');

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(folder, join(entry.parentPath, entry.name)));

test.each(files)('docs/contributing.md shows %s as it is', name => {
  const shown = new RegExp(`\`bot/features/icebreaker/${name.replaceAll('.', '\\.')}\`\n\n\`\`\`\\w+\n([^]*?)\`\`\``);

  const text = readFileSync(join(folder, name), 'utf8').replaceAll("'../../../bot/", "'../../");
  expect(shown.exec(page)?.[1]).toBe(text);
});

test('the word brings a question, and the button another', async () => {
  const asked = { who: member('Daniel'), community: community() };
  const first = cardOf(await ask(icebreaker(), 'icebreaker', asked));
  checkCard(first);
  const [button] = actionsIn(first);

  const second = cardOf(await press(icebreaker(), 'another', { ...asked, data: button?.['data'] }));

  expect([textsIn(first), textsIn(second)]).toEqual([
    ['What did you learn since we last met?', 'Another question'],
    ['Where are you stuck just now?', 'Another question'],
  ]);
});

import { expect, test } from '@jest/globals';
import { aimsOf } from '../../../bot/documents/aims.ts';

test.each([
  ['a list', '- Share what works\n- Fewer repeated questions', ['Share what works', 'Fewer repeated questions']],
  ['numbers', '1. First\n2) Second', ['First', 'Second']],
  ['a sentence before the list is no aim', 'By summer:\n\n* One\n* Two', ['One', 'Two']],
  ['lines without a list', '## Aims\nOne\n\nTwo', ['One', 'Two']],
  ['emphasis and ticked boxes read as plain words', '- [x] **Save** time', ['Save time']],
  ['twice the same is one', '- One\n- One', ['One']],
  ['links by their words', '- Read [the plan][1] *soon*\n\n[1]: https://example.org', ['Read the plan soon']],
  ['an item over two lines', '- Share what\n  works', ['Share what works']],
  ['a heading that is underlined is no aim', 'Aims\n====\nOne', ['One']],
  ['code is no list', '```\n- no\n```\n\nOne', ['One']],
  ['a word with lines below', '2\\* 3 is snake_case_name', ['2* 3 is snake_case_name']],
  ['never half a character', `- ${'x'.repeat(199)}🙂`, ['x'.repeat(199)]],
  ['too complex to be read', `- One\n${'>'.repeat(100)}`, []],
  ['nothing written', ' \n', []],
])('aims: %s', (_reason, text, expected) => {
  expect(aimsOf(text)).toEqual(expected);
});

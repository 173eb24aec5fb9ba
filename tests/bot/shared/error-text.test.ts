import { expect, test } from '@jest/globals';
import { CommunityError } from '../../../domain/errors.ts';
import { errorText } from '../../../bot/shared/error-text.ts';

test.each([
  { error: new Error('no answer'), text: 'no answer', reason: 'an error says its message, without its name' },
  { error: new CommunityError('invalid', 'the day is missing'), text: 'the day is missing', reason: 'one of ours' },
  { error: 'a string', text: 'a string', reason: 'libraries throw strings, too' },
  { error: undefined, text: 'undefined', reason: 'nothing at all' },
])('$reason', ({ error, text }) => {
  expect(errorText(error)).toBe(text);
});

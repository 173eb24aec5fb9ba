import { titleFrom } from '../plan/message-title.ts';
import { longestQuestion } from './question.ts';

/** The question that a message asks: its first sentence that ends in a question mark, else what it begins with. */
export function questionIn(words: string): string {
  const asked = words
    .split('\n')
    .flatMap(one => one.match(/[^.!?…]*[^.!?…\s][.!?…]*(?=\s|$)/g) ?? [])
    .map(sentence => sentence.replace(/\s+/g, ' ').trim())
    .find(sentence => /\?[!?]*$/.test(sentence) && /\p{L}/u.test(sentence) && sentence.length <= longestQuestion);
  return asked ?? titleFrom(words);
}

import { folded, wordsOf } from './words.ts';
import en from './words.en.json' with { type: 'json' };

/** Where one clause ends and another begins: "I have been away. What is new?", "sorry, but who is in charge?" */
const border = new RegExp(`[.!?;\\n]+(?:\\s+|$)|\\s[–—-]\\s|,?\\s+(?:${en.clauses.join('|')})\\s+`, 'giu');
const fewestWords = 2;
const mostClauses = 6;

/** "I do not know yet who is responsible" asks who is. */
const embedded = new RegExp(
  `\\b(?:${en.embedding.join('|')})(?:\\s+\\w+){0,2}?\\s+((?:${en.questions.join('|')})\\b.*)$`,
  'isu',
);

/** A part of a sentence that could stand alone. */
export interface Clause {
  readonly text: string;
  readonly isQuestion: boolean;
}

/** The clauses of what somebody said; none when it is only one. */
export function clausesOf(sentence: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (const { 0: found, index } of [...sentence.matchAll(border), { 0: '', index: sentence.length }]) {
    const text = sentence.slice(from, index).trim();
    from = index + found.length;
    if (wordsOf(text).length >= fewestWords)
      clauses.push({ text, isQuestion: found.startsWith('?') || begins(text, en.asks) });
    const asked = embedded.exec(text)?.[1] ?? '';
    if (wordsOf(asked).length >= fewestWords) clauses.push({ text: asked, isQuestion: true });
  }
  return clauses.length < 2 ? [] : clauses.slice(-mostClauses);
}

function begins(text: string, words: readonly string[]): boolean {
  const said = `${folded(text)} `;
  return words.some(word => said.startsWith(`${word} `));
}

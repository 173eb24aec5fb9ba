import { english, folded, german, type Language } from './words.ts';

const fewestWords = 2;
const mostClauses = 6;

interface Patterns {
  /** Where one clause ends and another begins: "I have been away. What is new?", "sorry, but who is in charge?" */
  readonly border: RegExp;
  /** "I do not know yet who is responsible" asks who is. */
  readonly embedded: RegExp;
}

function patternsOf({ list }: Language): Patterns {
  return {
    border: new RegExp(`[.!?;\\n]+(?:\\s+|$)|\\s[–—-]\\s|,?\\s+(?:${list.clauses.join('|')})\\s+`, 'giu'),
    embedded: new RegExp(
      `\\b(?:${list.embedding.join('|')})(?:\\s+\\w+){0,2}?,?\\s+((?:${list.questions.join('|')})\\b.*)$`,
      'isu',
    ),
  };
}

const patterns: ReadonlyMap<Language, Patterns> = new Map(
  [english, german].map(language => [language, patternsOf(language)]),
);

/** A part of a sentence that could stand alone. */
export interface Clause {
  readonly text: string;
  readonly isQuestion: boolean;
}

/** The clauses of what somebody said; none when it is only one. */
export function clausesOf(sentence: string, language: Language): readonly Clause[] {
  const { border, embedded } = patterns.get(language) ?? patternsOf(language);
  const { wordsOf, list } = language;
  const clauses: Clause[] = [];
  let from = 0;
  for (const { 0: found, index } of [...sentence.matchAll(border), { 0: '', index: sentence.length }]) {
    const text = sentence.slice(from, index).trim();
    from = index + found.length;
    if (wordsOf(text).length >= fewestWords)
      clauses.push({ text, isQuestion: found.startsWith('?') || begins(text, list.asks) });
    const asked = embedded.exec(text)?.[1] ?? '';
    if (wordsOf(asked).length >= fewestWords) clauses.push({ text: asked, isQuestion: true });
  }
  return clauses.length < 2 ? [] : clauses.slice(-mostClauses);
}

function begins(text: string, words: readonly string[]): boolean {
  const said = `${folded(text)} `;
  return words.some(word => said.startsWith(`${word} `));
}

import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The rows of docs/glossary.md: the word, and those that are not written for it. */
const terms = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| ') && !/^\| (word|---) /.test(line))
  .map(line => {
    const [, word = '', , not = ''] = line.split('|').map(cell => cell.trim());
    return { word, not: not.split(',').map(each => each.trim()) };
  });

/** What people say to the bot; it is to understand every word of it. */
const saidByPeople = new Set(['phrases', 'words']);

/** Where such a word is right, by the file and the key, with why. */
const exceptions: Readonly<Record<string, string>> = {
  'domain/facilitation/text.en.json method.newsletter.how': 'one of the tasks of the method',
  'tabs/features/administration/text.en.json': 'that page speaks of Microsoft’s own pages',
  'bot/checks/text.en.json': 'names of Microsoft’s own pages',
  'infra/tenant/text.en.json': 'names of Microsoft’s own pages',
};

interface Sentence {
  readonly file: string;
  readonly key: string;
  readonly text: string;
}

function sentencesIn(file: string, value: unknown, path: readonly string[] = []): readonly Sentence[] {
  if (typeof value === 'string') return [{ file, key: path.join('.'), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    saidByPeople.has(name) ? [] : sentencesIn(file, inner, [...path, name]),
  );
}

const sentences = globSync('{bot,domain,tabs,infra}/**/*text.en.json', { cwd: root }).flatMap(file =>
  sentencesIn(file, JSON.parse(readFileSync(join(root, file), 'utf8'))),
);

const isExcepted = ({ file, key }: Sentence): boolean => file in exceptions || `${file} ${key}` in exceptions;

describe('one thing has one name', () => {
  test('the table has words, and there are sentences to hold to it', () => {
    expect(terms.length).toBeGreaterThan(20);
    expect(terms.every(({ not }) => not.every(word => word !== ''))).toBe(true);
    expect(sentences.length).toBeGreaterThan(1500);
  });

  test('the words stand in the order of the alphabet, each once', () => {
    const words = terms.map(({ word }) => word.toLowerCase());

    expect(words).toEqual([...new Set(words)].toSorted());
  });

  test.each(terms)('$word', ({ not }) => {
    const wrong = new RegExp(`\\b(${not.map(word => `${word}s?`).join('|')})\\b`, 'i');
    // What stands between braces is a value's name.
    const found = sentences.filter(
      one => wrong.test(one.text.replaceAll(/\{\{.*?\}\}|https?:\/\/\S+/g, '')) && !isExcepted(one),
    );

    expect(found.map(({ file, key, text }) => `${file} ${key}: ${text}`)).toEqual([]);
  });

  test('every exception is still needed', () => {
    const used = (name: string): boolean =>
      sentences.some(one => {
        const words = terms.flatMap(({ not }) => not).map(word => `${word}s?`);
        return (
          (name === one.file || name === `${one.file} ${one.key}`) &&
          new RegExp(`\\b(${words.join('|')})\\b`, 'i').test(one.text)
        );
      });

    expect(Object.keys(exceptions).filter(name => !used(name))).toEqual([]);
  });
});

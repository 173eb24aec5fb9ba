/** What stands in sentences and is not said: values, and addresses of links. */
const unsaid = /(\{\{[^}]*\}\}|https?:\/\/\S+)/;

function eachWord(sentence: string, word: (said: string) => string): string {
  return sentence
    .split(unsaid)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/\p{L}+/gu, word)))
    .join('');
}

const accented: Readonly<Record<string, string>> = { a: 'å', e: 'ë', i: 'ï', o: 'ö', u: 'ü' };

/** Half as long again, with marks above and below: "Save" is "Såvëxx". */
export function longer(sentence: string): string {
  return eachWord(sentence, word => {
    const marked = [...word].map(letter => accented[letter] ?? letter).join('');
    return marked + 'x'.repeat(Math.ceil(word.length / 2));
  });
}

const hebrew = [...'אבגדהוזחטיכלמנסעפצקרשת'];

/** In letters that are read from right to left, as many as in English. */
export function mirrored(sentence: string): string {
  return eachWord(sentence, word =>
    [...word].map(letter => hebrew[(letter.codePointAt(0) ?? 0) % hebrew.length] ?? letter).join(''),
  );
}

/** What is said on a card: its texts, titles, labels and hints, and the values of facts. */
const spoken = ['text', 'title', 'label', 'placeholder', 'errorMessage'];

/** A card with every sentence on it made into another one. */
export function cardIn<T>(part: T, sentence: (english: string) => string, isFact = false): T {
  if (Array.isArray(part)) return part.map((one: unknown) => cardIn(one, sentence, isFact)) as T;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]: [string, unknown]) => [
      key,
      typeof inner === 'string'
        ? spoken.includes(key) || (isFact && key === 'value')
          ? sentence(inner)
          : inner
        : cardIn(inner, sentence, key === 'facts'),
    ]),
  ) as T;
}

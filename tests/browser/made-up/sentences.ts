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

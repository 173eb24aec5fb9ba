/** Letters of their own in some alphabet, and others in the next. */
const others: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
};

/**
 * Words by which two texts are compared: the same whatever their accents, capitals, punctuation, apostrophes, hyphens
 * and marks of direction. Empty for a text without letters and digits.
 */
export function folded(text: string): string {
  // Most texts have no other letters than these, and a library of thousands is searched in a moment.
  if (/^[ -~]*$/.test(text))
    return text
      .toLowerCase()
      .replace(/['`]+/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{Script=Inherited}\p{Cf}'’‘ʼ`´]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/[øłđðþæœßıħ]/gu, letter => others[letter] ?? letter)
    .trim();
}

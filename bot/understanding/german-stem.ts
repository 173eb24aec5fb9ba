/**
 * The stem of a German word, by CISTEM (Weissweiler and Fraser, 2017): what is in lower case and without umlauts loses the
 * `ge` it begins with and, again and again, the endings of its declension and conjugation.
 */
export function germanStem(word: string): string {
  let stem = word.length >= 6 ? word.replace(/^ge(?=.{4})/, '') : word;
  // Two letters for one sound are one letter, which no ending may cut in two.
  stem = stem.replaceAll('sch', '$').replaceAll('ei', '%').replaceAll('ie', '&').replace(/(.)\1/g, '$1*');
  while (stem.length > 3) {
    const cut = stem.replace(stem.length > 5 ? /(?:em|er|nd|[tesn])$/ : /[tesn]$/, '');
    if (cut === stem) break;
    stem = cut;
  }
  return stem.replace(/(.)\*/g, '$1$1').replaceAll('&', 'ie').replaceAll('%', 'ei').replaceAll('$', 'sch');
}

/** A list of this length can still be looked over, and drawn at once. */
const mostShown = 50;

/**
 * Who is offered while somebody types a name: by name, and of a large team only the first. Every word counts, in any
 * order, whatever its accents: `noel muller` finds Müller, Noël.
 */
export function findPeople<Someone extends { readonly id: string; readonly name: string }>(
  members: readonly Someone[],
  typed: string,
  locale: string,
): { readonly found: readonly Someone[]; readonly more: number } {
  const words = plainLetters(typed)
    .split(/\s+/)
    .filter(word => word !== '');
  const { compare } = new Intl.Collator(locale);
  const all = members
    .filter(({ name }) => words.every(word => plainLetters(name).includes(word)))
    .toSorted((one, other) => compare(one.name, other.name));
  return { found: all.slice(0, mostShown), more: Math.max(0, all.length - mostShown) };
}

function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

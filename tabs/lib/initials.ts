/** The first letters of the first and the last name, whole letters in whatever script. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], ...(words.length > 1 ? [words.at(-1)] : [])].map(word => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

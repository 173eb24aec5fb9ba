/** Before a name, with or without a full stop: who is called by it is not called by the first word. */
const titles = new Set([
  'dr',
  'prof',
  'professor',
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'sir',
  'dame',
  'lord',
  'lady',
  'rev',
  'sister',
]);

/**
 * What somebody is called in a greeting: "Ann" for "Ann Okafor", for "Okafor, Ann" and for "Ann Okafor (Trust)"; the
 * whole name where the first word is a title.
 */
export function firstName(name: string): string {
  const withoutPlace = name.replace(/\s+[([].*$/, '').trim() || name.trim();
  const [family = '', given = ''] = withoutPlace.split(/,\s*/, 2);
  const [first = ''] = (given || family).split(/\s+/);
  return first === '' || titles.has(first.replace(/\.$/, '').toLowerCase()) ? withoutPlace : first;
}

/** Every zone the browser knows, with UTC and the one in use, which may go by an older name. */
export function allZones(supported: readonly string[], used: string): readonly string[] {
  return [...new Set([...supported, 'UTC', used])].toSorted();
}

/** The zones that match what was typed, best first: "new york", "europe lon". An empty question matches all. */
export function matchZones(zones: readonly string[], typed: string, most: number): readonly string[] {
  const words = plain(typed)
    .split(' ')
    .filter(word => word !== '');
  const matching = zones.filter(zone => words.every(word => plain(zone).includes(word)));
  // A city that starts with what was typed comes before a zone that merely contains it.
  const first = words[0] ?? '';
  const rank = (zone: string): number =>
    first !== '' && plain(zone.split('/').at(-1) ?? zone).startsWith(first) ? 0 : 1;
  return matching.toSorted((one, other) => rank(one) - rank(other)).slice(0, most);
}

/** A zone as people read it: "Europe / London", "America / New York". */
export function showZone(zone: string): string {
  return zone.replaceAll('_', ' ').replaceAll('/', ' / ');
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[_/\s]+/g, ' ')
    .trim();
}

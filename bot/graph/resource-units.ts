/** Of what kind a path's last word is: these give many things. */
const collections = new Set(['items', 'lists', 'columns', 'versions', 'children']);

/** What a call costs in SharePoint's resource units; Teams and the directory have limits of another kind. */
export function unitsOf(method: string, path: string): number {
  const [bare = '', query = ''] = path.split('?');
  const words = bare.split('/').slice(1);
  // Not published: taken for what any change in SharePoint costs.
  if (words[0] === 'subscriptions') return method.toUpperCase() === 'GET' ? 1 : 2;
  if (!['sites', 'drives'].includes(words[0] ?? '') && words[2] !== 'sites' && words.at(-1) !== 'filesFolder') return 0;
  if (words.includes('permissions') || query.includes('permissions')) return 5;
  if (words.at(-1) === 'delta') return new URLSearchParams(query).has('token') ? 1 : 2;
  return method.toUpperCase() !== 'GET' || collections.has(words.at(-1) ?? '') ? 2 : 1;
}

/** What a path is about: one site, team or drive. */
export function subjectOf(path: string): string {
  return (path.split('?')[0] ?? '').split('/').slice(1, 3).join('/');
}

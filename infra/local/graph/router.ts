import type { Call, Route } from './call.ts';
import { problems } from './errors.ts';

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  /** Without its query, as a link to the same thing would have it. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export type Find = (method: string, url: string) => Found;

/**
 * Finds the route for a URL after `/graph/v1.0`. Graph's paths are more than names and slashes: a site may be
 * `{host}:/{path}` (closed by another colon when something follows), a file
 * `{folder}:/{name}:`, and delta may be `delta()` or `delta(token='…')`.
 */
export function createRouter(routes: readonly Route[]): Find {
  const patterns = routes.map(route => ({ route, segments: route.path.split('/').slice(1) }));

  return (method, url) => {
    const { path, query } = split(url);
    const segments = readable(path);
    for (const { route, segments: pattern } of patterns) {
      const params = route.method === method ? match(pattern, segments) : undefined;
      if (params)
        return { route, params, path: path.replace(/\/delta\([^/]*\)$/, '/delta'), query: withDeltaToken(query, path) };
    }
    throw problems.notImplemented(`${method} ${path}`);
  };
}

/** The segments of a path, decoded; a site by its path becomes one of them. */
function readable(path: string): readonly string[] {
  const parts = path.split('/').slice(1).map(decoded);
  if (parts.at(-1) === '') parts.pop();
  const last = parts.at(-1);
  if (last !== undefined && /^delta\(.*\)$/.test(last)) parts[parts.length - 1] = 'delta';

  // A file by its name in a folder: items/{folder}:/{name}:/content.
  if (parts[0]?.toLowerCase() === 'drives') return parts.map(part => part.replace(/:$/, ''));

  // By another key than its id: applications(appId='…').
  const byKey = /^(\w+)\((\w+)='([^']*)'\)$/.exec(parts[0] ?? '');
  if (byKey) return [`${byKey[1]}(${byKey[2]})`, byKey[3] ?? '', ...parts.slice(1)];

  const host = parts[1];
  if (parts[0]?.toLowerCase() !== 'sites' || !host?.endsWith(':')) return parts;
  const closing = parts.findIndex((part, at) => at > 1 && part.endsWith(':'));
  const end = closing < 0 ? parts.length : closing + 1;
  const site = `${host}/${parts.slice(2, end).join('/')}`.replace(/:$/, '');
  return ['sites', site, ...parts.slice(end)];
}

function match(pattern: readonly string[], segments: readonly string[]): Call['params'] | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}

function split(url: string): { path: string; query: URLSearchParams } {
  const at = url.indexOf('?');
  return at < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) };
}

function withDeltaToken(query: URLSearchParams, path: string): URLSearchParams {
  const token = /delta\(token='([^']*)'\)$/.exec(decoded(path))?.[1];
  return token === undefined ? query : new URLSearchParams([...query, ['token', token]]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw problems.unreadableUrl();
  }
}

import type { Request } from 'restify';

const host = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{0,5})?$/i;
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u001f\u007f]/;

/**
 * What is wrong with where a request wants to go; undefined when it can be routed. restify makes a URL of the target
 * and the Host header and lets the error of an impossible one escape, outside of every handler. And no name of ours
 * holds characters that databases and file systems refuse, so that they need not be expected behind any `:parameter`.
 */
export function faultOfTarget(request: Request): string | undefined {
  const given = request.headers.host;
  if (given !== undefined && given !== '' && !host.test(given)) return 'Expected the Host header to name a host';
  try {
    const { pathname } = request.getUrl() as unknown as URL;
    if (!pathname.startsWith('/') || request.url === '*') return 'Expected a path';
    if (control.test(decodeURIComponent(pathname))) return 'Expected a path without control characters';
  } catch {
    return 'Expected a path that can be decoded';
  }
  return /%00/.test(request.url ?? '') ? 'Expected an address without control characters' : undefined;
}
